# Sourced by the scripts beside it: what they say, and how they wait. Everything said goes to stderr.

say() { printf '%s\n' "$*" >&2; }

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# usage: prints the comment block at the top of the calling script, which is its help.
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# port_is_busy PORT: whether something on loopback accepts connections there.
port_is_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FROM: the first port from there on that nobody listens on.
free_port() {
    local port=$1
    while port_is_busy "$port"; do port=$((port + 1)); done
    echo "$port"
}

# is_alive PID: whether it runs; one that has ended and waits to be collected does not.
is_alive() {
    local status
    { read -r status <"/proc/$1/stat"; } 2>/dev/null || return 1
    [[ ${status##*) } != [ZX]* ]]
}

# stop_process PID SECONDS: SIGTERM, and SIGKILL when that has not ended it in time.
stop_process() {
    local pid=$1 deadline=$((SECONDS + $2))
    kill -TERM "$pid" 2>/dev/null || return 0
    while is_alive "$pid"; do
        if ((SECONDS >= deadline)); then
            say "process $pid did not stop within $2 s: killed"
            kill -KILL "$pid" 2>/dev/null || true
            break
        fi
        sleep 0.1
    done
    wait "$pid" 2>/dev/null || true
}

# start_service LOG PROGRAM [ARGUMENT…]: in a session of its own, so that Ctrl-C reaches only the script, which stops
# its services in order; and bound to the script, so that they end with it even when it is killed. Sets `service` to
# its pid.
start_service() {
    local log=$1
    shift
    setsid setpriv --pdeathsig TERM -- "$@" >>"$log" 2>&1 </dev/null &
    service=$!
}
