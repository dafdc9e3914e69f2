import EventIngest
import Foundation
import SessionState
import Sessions
import Testing

/// What every memory has to do, in this process and in Redis alike; Redis only where its server is installed.
@Suite(.serialized) struct UserMemoryTests {
  enum Kind: String, CaseIterable, Sendable { case embedded, redis }

  private static let configuration = {
    var configuration = SessionStateConfiguration()
    configuration.lengths = ["exposure": 4, "click": 2]
    configuration.windowSeconds = 100
    return configuration
  }()

  private static func with(
    _ kind: Kind, _ body: (any UserMemory, any UserMemory) throws -> Void
  ) throws {
    switch kind {
    case .embedded:
      let state = SessionState(configuration)
      try body(state, state)
    case .redis:
      guard let server = try RedisServer() else { return }
      defer { server.stop() }
      // Two replicas.
      try body(
        RedisState(configuration, server.configuration),
        RedisState(configuration, server.configuration))
    }
  }

  private static func items(_ ids: String...) -> [Candidate] {
    ids.map {
      Candidate(id: $0, features: ["name": .text($0), "n": .number(1.5), "f": .flag(true)])
    }
  }

  private static func click(_ item: String, in list: String, at time: Double) -> InteractionEvent {
    InteractionEvent(ranking: list, item: item, type: "click", time: time, value: 2)
  }

  @Test(arguments: Kind.allCases) func remembersWhatWasServedAndDone(kind: Kind) throws {
    try Self.with(kind) { one, other in
      try one.show(Self.items("a", "b"), in: "q1", to: "u", at: 10)
      let known = try other.add([
        Self.click("b", in: "q1", at: 12), Self.click("a", in: "nowhere", at: 12),
      ])
      #expect(known == 1)
      let history = try one.history(of: "u", before: 20)
      #expect(history.map(\.type) == ["exposure", "exposure", "click"])
      #expect(history.map(\.position) == [1, 2, 2])
      #expect(history[1].action == ["click": .number(2)])
      #expect(history[2].item == Self.items("b")[0])
      #expect(try other.history(of: "u", before: 20) == history)
      #expect(try other.history(of: "v", before: 20).isEmpty)
      #expect(try other.history(of: "u", before: 10).isEmpty)
      #expect(try other.history(of: "u", before: 111).map(\.type) == ["click"])
    }
  }

  @Test(arguments: Kind.allCases) func keepsTheNewest(kind: Kind) throws {
    try Self.with(kind) { one, other in
      for list in 0..<9 {
        try one.show(Self.items("i\(list)"), in: "q\(list)", to: "u", at: Double(list))
      }
      #expect(try other.history(of: "u", before: 50).map(\.item.id) == ["i5", "i6", "i7", "i8"])
    }
  }

  @Test(arguments: Kind.allCases) func nobodyWithoutANameIsRemembered(kind: Kind) throws {
    try Self.with(kind) { one, other in
      try one.show(Self.items("a"), in: "q1", to: "", at: 10)
      #expect(try other.history(of: "", before: 20).isEmpty)
      #expect(try other.add([Self.click("a", in: "q1", at: 12)]) == 0)
    }
  }

  @Test func withoutAServerTheFaultNamesItAndIsSoonOver() throws {
    guard let server = try RedisServer() else { return }
    let memory = RedisState(Self.configuration, server.configuration)
    try memory.show(Self.items("a"), in: "q1", to: "u", at: 10)
    server.stop()
    for _ in 0..<3 {
      let error = #expect(throws: UserMemoryError.self) { try memory.history(of: "u", before: 20) }
      #expect(error?.description.contains("127.0.0.1:\(server.configuration.port)") == true)
    }
    // Further requests do not wait: a hundred of them take no time.
    let start = ContinuousClock.now
    for _ in 0..<100 {
      #expect(throws: UserMemoryError.self) { try memory.history(of: "u", before: 20) }
    }
    #expect(ContinuousClock.now - start < .milliseconds(900))
    try server.start()
    defer { server.stop() }
    Thread.sleep(forTimeInterval: 1.1)
    // It comes back empty, as it was told to keep nothing, and is used again.
    #expect(try memory.history(of: "u", before: 20).isEmpty)
    try memory.show(Self.items("b"), in: "q2", to: "u", at: 11)
    #expect(try memory.history(of: "u", before: 20).map(\.item.id) == ["b"])
  }
}

/// A server of its own on a port that was free.
private final class RedisServer {
  let configuration: RedisConfiguration
  private let program: String
  private var process: Process?

  /// nil where none is installed, or hiredis is not.
  init?() throws {
    let places = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"]
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    self.program = program
    var configuration = RedisConfiguration()
    configuration.port = Int.random(in: 20_000..<60_000)
    configuration.timeoutMilliseconds = 500
    self.configuration = configuration
    try start()
  }

  func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "--port", "\(configuration.port)", "--save", "", "--appendonly", "no", "--bind", "127.0.0.1",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    self.process = process
    let state = RedisState(SessionStateConfiguration(), configuration)
    for _ in 0..<100 {
      if (try? state.history(of: "nobody", before: 0)) != nil { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw UserMemoryError("127.0.0.1:\(configuration.port)", "the test's server does not answer")
  }

  func stop() {
    guard let own = process else { return }
    // As when its machine fails; a polite signal may be blocked in what tests start.
    kill(own.processIdentifier, SIGKILL)
    while own.isRunning { Thread.sleep(forTimeInterval: 0.01) }
    process = nil
  }
}
