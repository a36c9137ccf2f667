import CMicrohttpd
import Glibc

// The library's callbacks: global functions, because C calls them. `context` is the server's `ServerContext`, which
// outlives the daemon; the pointer kept for a request is its retained `Exchange`, released when the request completes.

/// The first line is there: makes the exchange, which every later callback of this request is given.
func targetCallback(
    context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let server = unsafe serverContext(context), let target = unsafe target,
        let connection = unsafe connection
    else { return nil }
    let count = unsafe strlen(target)
    let exchange = unsafe target.withMemoryRebound(to: UInt8.self, capacity: count) {
        unsafe Exchange(
            connection: connection, target: UnsafeBufferPointer(start: $0, count: count),
            outstanding: server.outstanding)
    }
    server.outstanding.begin()
    return unsafe Unmanaged.passRetained(exchange).toOpaque()
}

/// Changes nothing: the target is split first and decoded by `RequestHeadBuilder`.
func unescapeCallback(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?, text: UnsafeMutablePointer<CChar>?
) -> Int {
    guard let text = unsafe text else { return 0 }
    return unsafe strlen(text)
}

/// One header, name and value with their sizes; the context is the `RequestHeadBuilder` of the running call.
func headerCallback(
    context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameCount: Int,
    value: UnsafePointer<CChar>?, valueCount: Int
) -> MHD_Result {
    let builder = unsafe context?.assumingMemoryBound(to: RequestHeadBuilder.self)
    unsafe builder?.pointee.appendHeader(
        name: UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameCount),
        value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount))
    return .YES
}

/// Called with the head, then with each part of the body, then without any, and once more after a resume.
func accessCallback(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?, url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, upload: UnsafePointer<CChar>?,
    uploadCount: UnsafeMutablePointer<Int>?, request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let server = unsafe serverContext(context), let opaque = unsafe request?.pointee,
        let method = unsafe method, let uploadCount = unsafe uploadCount
    else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    if exchange.stage == .head {
        let address = UInt(bitPattern: version)
        return unsafe server.receiveHead(exchange, method: method, addressOfVersion: address) ? .YES : .NO
    }
    if unsafe uploadCount.pointee > 0 {
        // The stated length was checked with the head, and the library reads no more than that.
        unsafe exchange.body.append(
            contentsOf: UnsafeRawBufferPointer(start: upload, count: uploadCount.pointee))
        unsafe uploadCount.pointee = 0
        return .YES
    }
    return server.complete(exchange) ? .YES : .NO
}

/// Comes once for each exchange, however its request ended.
func completedCallback(
    context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
    request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
    guard let server = unsafe serverContext(context), let opaque = unsafe request?.pointee else { return }
    unsafe request?.pointee = nil
    unsafe server.finish(Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue())
}

private func serverContext(_ pointer: UnsafeMutableRawPointer?) -> ServerContext? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Unmanaged<ServerContext>.fromOpaque(pointer).takeUnretainedValue()
}
