import JSON
import NIOCore
import NIOPosix
import Sessions

/// Talks to a server, on one event loop.
struct LoadClient {
  let loop: any EventLoop
  let port: Int
  var host = "127.0.0.1"

  /// Names of the objectives, as `GET /v1/model` tells them.
  func objectives() throws -> [String] {
    let found = loop.makePromise(of: HTTPAnswer.self)
    let channel = try connect { connection in
      connection.onActive = {
        $0.send(Array("GET /v1/model HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8))
      }
      connection.onAnswer = { _, answer in found.succeed(answer) }
      connection.onClosed = { _ in found.fail(ChannelError.eof) }
    }
    let answer = try found.futureResult.wait()
    try channel.close().wait()
    let names = (try? JSONScanner.parse(answer.body))?["objectives"]?.array?
      .compactMap { $0["name"]?.string }
    guard answer.status == 200, let names, !names.isEmpty else {
      throw LoadError.noObjectives(got: "status \(answer.status)")
    }
    return names
  }

  func run(_ plan: LoadPlan) throws -> LoadResult {
    let done = loop.makePromise(of: LoadResult.self)
    let run = try loop.submit { [loop] in
      NIOLoopBound(LoadRun(plan, on: loop, done: done), eventLoop: loop)
    }.wait()
    let channels = try (0..<plan.connections).map { _ in
      try connect { run.value.add($0) }
    }
    try loop.submit { run.value.start() }.wait()
    let result = try done.futureResult.wait()
    for channel in channels { try? channel.close().wait() }
    return result
  }

  func connect(
    _ prepare: @escaping @Sendable (LoadConnection) -> Void
  ) throws -> any Channel {
    try ClientBootstrap(group: loop)
      .connectTimeout(.seconds(5))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let connection = LoadConnection()
          prepare(connection)
          try channel.pipeline.syncOperations.addHandler(connection)
        }
      }
      .connect(host: host, port: port).wait()
  }
}
