import Foundation
import JSON
import Logging
import Serving
import Sessions

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

struct Reply {
  var status: Int
  var headers: [String: String]
  var bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var json: JSONValue { (try? JSONScanner.parse(bytes)) ?? .null }
  /// Pointers of all errors of a problem.
  var pointers: [String] { (json["errors"]?.array ?? []).compactMap { $0["pointer"]?.string } }
}

struct Client: Sendable {
  let port: Int
  let session = URLSession(configuration: .ephemeral)

  struct BadURL: Error {}

  func send(
    _ method: String, _ path: String, body: [UInt8]? = nil, headers: [String: String] = [:]
  ) async throws -> Reply {
    guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw BadURL() }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.httpBody = body.map { Data($0) }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await session.data(for: request)
    guard let http = response as? HTTPURLResponse else { throw BadURL() }
    var fields: [String: String] = [:]
    for (name, value) in http.allHeaderFields {
      fields["\(name)".lowercased()] = "\(value)"
    }
    return Reply(status: http.statusCode, headers: fields, bytes: Array(data))
  }

  func get(_ path: String) async throws -> Reply { try await send("GET", path) }

  func rerank(_ bytes: [UInt8], headers: [String: String] = [:]) async throws -> Reply {
    let type = ["Content-Type": "application/json"]
    return try await send(
      "POST", "/v1/rerank", body: bytes, headers: type.merging(headers) { $1 })
  }

  func post(_ path: String, _ json: JSONValue) async throws -> Reply {
    try await send(
      "POST", path, body: json.serialized(), headers: ["Content-Type": "application/json"])
  }

  func rerank(_ json: JSONValue, headers: [String: String] = [:]) async throws -> Reply {
    let bytes: [UInt8] = json.serialized()
    return try await rerank(bytes, headers: headers)
  }
}

/// The server of a test, on a port of its own.
final class TestServer: Sendable {
  let client: Client
  private let task: Task<Void, any Error>

  struct NeverListened: Error {}

  init(
    _ ranker: (any ListRanker)? = FakeRanker(), logger: Logger = quietLogger,
    _ adjust: (inout ServingConfiguration) -> Void = { _ in },
    source: ConfigurationSource? = nil,
    load: (@Sendable (String) throws -> any ListRanker)? = nil
  ) async throws {
    var configuration = ServingConfiguration()
    configuration.port = 0
    configuration.shutdownGraceSeconds = 5
    configuration.drainSeconds = 0
    configuration.deadlineMilliseconds = 0
    adjust(&configuration)
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    let server = RerankServer(
      ranker: ranker, configuration: configuration, source: source, logger: logger, load: load,
      onListening: { port in
        found.yield(port)
        found.finish()
      })
    task = Task {
      defer { found.finish() }
      try await server.run()
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await task.value
      throw NeverListened()
    }
    client = Client(port: port)
  }

  /// Waits until the server has ended by itself.
  func ended() async throws { try await task.value }

  func stop() async throws {
    client.session.invalidateAndCancel()
    task.cancel()
    try await task.value
  }
}

let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

func withServer(
  _ ranker: (any ListRanker)? = FakeRanker(), logger: Logger = quietLogger,
  source: ConfigurationSource? = nil,
  load: (@Sendable (String) throws -> any ListRanker)? = nil, maximumBodyBytes: Int = 1 << 20,
  configured: ServingConfiguration = adjusted { _ in }, _ run: (Client) async throws -> Void
) async throws {
  let server = try await TestServer(
    ranker, logger: logger,
    {
      let port = $0.port
      $0 = configured
      $0.port = port
      $0.drainSeconds = 0
      $0.shutdownGraceSeconds = 5
      $0.maximumBodyBytes = maximumBodyBytes
    }, source: source, load: load)
  do {
    try await run(server.client)
  } catch {
    try await server.stop()
    throw error
  }
  try await server.stop()
}

/// The default configuration with some changes, and no deadline: on a machine that is busy a
/// fallback would take a list's place.
func adjusted(_ adjust: (inout ServingConfiguration) -> Void) -> ServingConfiguration {
  var configuration = ServingConfiguration()
  configuration.deadlineMilliseconds = 0
  adjust(&configuration)
  return configuration
}
