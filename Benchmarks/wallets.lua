-- For wrk: asks for one of the paths in the file that PATHS names, in no order.
local requests = {}

function init()
    for path in io.lines(os.getenv("PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
end

function request()
    return requests[math.random(#requests)]
end
