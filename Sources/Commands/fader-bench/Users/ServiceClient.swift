import JSON
import NIOCore
import NIOPosix
import Sessions

/// One connection to a running service that is kept open: a request, then its answer.
struct ServiceClient {
  private let loop: any EventLoop
  private let channel: any Channel
  private let connection: NIOLoopBound<LoadConnection>
  private let address: ServiceAddress

  /// - Throws: the system's error when nothing answers there.
  init(_ address: ServiceAddress, on loop: any EventLoop) throws {
    self.loop = loop
    self.address = address
    let ready = loop.makePromise(of: NIOLoopBound<LoadConnection>.self)
    channel = try LoadClient(loop: loop, port: address.port, host: address.host).connect {
      $0.onActive = { ready.succeed(NIOLoopBound($0, eventLoop: loop)) }
      $0.onClosed = { _ in ready.fail(ChannelError.eof) }
    }
    connection = try ready.futureResult.wait()
  }

  /// Sends a request and waits for its answer, half a minute at most.
  ///
  /// - Parameter body: JSON; nil for a GET.
  func exchange(_ path: String, body: JSONValue? = nil) throws -> HTTPAnswer {
    let text: [UInt8] = body?.serialized() ?? []
    let head = """
      \(body == nil ? "GET" : "POST") \(path) HTTP/1.1\r
      Host: \(address.host):\(address.port)\r
      Content-Type: application/json\r
      Content-Length: \(text.count)\r
      \r\n
      """
    let bytes = Array(head.utf8) + text
    let answer = loop.makePromise(of: HTTPAnswer.self)
    loop.execute { [connection] in
      connection.value.onAnswer = { answer.succeed($1) }
      connection.value.onClosed = { _ in answer.fail(ChannelError.eof) }
      connection.value.send(bytes)
    }
    let limit = loop.scheduleTask(in: .seconds(30)) { answer.fail(ChannelError.eof) }
    defer { limit.cancel() }
    return try answer.futureResult.wait()
  }

  /// The JSON of an answer that has the expected status.
  func json(
    _ path: String, body: JSONValue? = nil, expecting status: Int = 200
  ) throws -> JSONValue {
    let answer = try exchange(path, body: body)
    guard answer.status == status, let json = try? JSONScanner.parse(answer.body) else {
      throw UsersError.answer(path: path, expected: status, got: answer.summary)
    }
    return json
  }

  func close() { try? channel.close().wait() }
}

/// Where a service listens.
struct ServiceAddress {
  var host: String
  var port: Int

  /// - Parameter url: `http://host:port`.
  init?(_ url: String) {
    let scheme = "http://"
    guard url.hasPrefix(scheme) else { return nil }
    let parts =
      url.dropFirst(scheme.count).split(separator: "/", maxSplits: 1)
      .first?.split(separator: ":") ?? []
    guard parts.count == 2, let port = Int(parts[1]), (1...65535).contains(port) else {
      return nil
    }
    host = String(parts[0])
    self.port = port
  }
}
