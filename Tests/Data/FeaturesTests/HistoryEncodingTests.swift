import Features
import Foundation
import Sessions
import Testing

@Suite struct HistoryEncodingTests {
  /// Every session but the first with clicks on its own candidates and exposures, some minutes before.
  private static func sessions(_ count: Int = 20) -> [Session] {
    mixedSessions(seed: 3, count: count).enumerated().map { index, session in
      var session = session
      guard index > 0 else { return session }
      session.request.history = (0..<6).map { number in
        Behaviour(
          type: number % 3 == 2 ? "click" : Behaviour.exposure,
          time: session.time - 600 + Double(60 * number),
          item: session.request.candidates[number], position: number + 1,
          action: number % 2 == 0 ? ["dwell": .number(Double(5 + number + index))] : [:])
      }
      return session
    }
  }

  private static func schema(_ change: (inout SchemaConfiguration) -> Void = { _ in }) throws
    -> FittedSchema
  {
    var configuration = mixedConfiguration()
    configuration.history = ["click": .init(), Behaviour.exposure: .init()]
    configuration.history["exposure"]?.length = 3
    change(&configuration)
    return try fitted(configuration, sessions())
  }

  @Test func eachSequenceHasItsNewestBehaviours() throws {
    let schema = try Self.schema()
    #expect(schema.layout.history.map(\.name) == ["click", "exposure"])
    let encoded = schema.encode(Self.sessions()[5]).request.history
    #expect(encoded.map(\.count) == [2, 3])
    #expect(encoded[1].item.rows == 3 && encoded[1].action.rows == 3)
    // The newest behaviour of all is the second click: the exposures are 60, 120 and 240 s older.
    #expect(
      encoded[1].ages == [240, 120, 60].map { EncodedHistory.scaled(seconds: $0) })
    #expect(encoded[0].ages == [180, 0].map { EncodedHistory.scaled(seconds: $0) })
    #expect(schema.encode(Self.sessions()[0]).request.history.map(\.count) == [0, 0])
  }

  @Test func itemsAreReadAsCandidatesAreButNotCompared() throws {
    let schema = try Self.schema()
    let session = Self.sessions()[5]
    let encoded = schema.encode(session).request
    let layout = schema.layout.item
    let width = layout.numbers.count
    for (row, candidate) in [(0, 1), (1, 3), (2, 4)] {
      let fields = layout.categoricals.count
      #expect(
        encoded.history[1].item.indices[row * fields..<(row + 1) * fields]
          == encoded.item.indices[candidate * fields..<(candidate + 1) * fields])
      for (column, name) in layout.numbers.enumerated() {
        let own = encoded.history[1].item.numbers[row * width + column]
        let compared = name.hasSuffix(":rank") || name.hasSuffix(":share")
        #expect(own == (compared ? 0 : encoded.item.numbers[candidate * width + column]))
      }
    }
  }

  @Test func actionsHaveNumbersOfTheirOwn() throws {
    let schema = try Self.schema { $0.history["click"]?.types = ["click", "exposure"] }
    let layout = schema.layout.history[0].action
    #expect(
      layout.numbers == [
        "dwell", "dwell:missing", ":gap", ":position", ":click", ":exposure",
      ])
    let encoded = schema.encode(Self.sessions()[5]).request.history[0]
    let rows = (0..<6).map { Array(encoded.action.numbers[$0 * 6..<($0 + 1) * 6]) }
    #expect(rows[0][2] == 0 && rows[1][2] == EncodedHistory.scaled(seconds: 60))
    #expect(rows[0][3] == 0 && rows[1][3] == 0.25 && rows[3][3] == 0.5)
    #expect(rows.map { $0[4] } == [0, 0, 1, 0, 0, 1])
    #expect(rows.map { $0[1] } == [0, 1, 0, 1, 0, 1])
  }

  @Test func oneBehaviourMoreIsOneRowMore() throws {
    let schema = try Self.schema()
    let history = Self.sessions()[5].request.history
    let whole = schema.encode(history: Array(history.suffix(5)))[1]
    var before: Double?
    var row = 0
    for behaviour in history.suffix(5) {
      guard let next = schema.encode(behaviour, asNextOf: 1, after: before) else {
        #expect(behaviour.type == "click")
        continue
      }
      #expect(next.count == 1)
      let width = schema.layout.history[1].action.numbers.count
      #expect(next.action.numbers == Array(whole.action.numbers[row * width..<(row + 1) * width]))
      before = behaviour.time
      row += 1
    }
    #expect(row == whole.count)
  }

  @Test func cachesKeepThem() throws {
    let schema = try Self.schema()
    let sessions = Self.sessions().map { schema.encode($0) }
    try withTemporaryFolder { folder in
      let writer = try SessionCacheWriter(
        path: folder + "/a.cache", fingerprint: schema.fingerprint, blockSize: 4)
      for session in sessions { try writer.append(session) }
      try writer.finish()
      let cache = try SessionCache(path: folder + "/a.cache", fingerprint: schema.fingerprint)
      let copies = try cache.sessions(in: 0..<sessions.count)
      #expect(copies.map(\.request.history) == sessions.map(\.request.history))
    }
  }

  @Test func aBatchStandsThemBehindEachOther() throws {
    let schema = try Self.schema()
    let requests = Self.sessions(4).map { schema.encode($0.request) }
    let batch = RequestBatch(requests)
    #expect(batch.history.count == 2 && batch.history[0].items.offsets == [0, 0, 2, 4, 6])
    #expect(batch.history[1].items[2] == requests[2].history[1].item)
    #expect(batch.history[1].ages == requests.flatMap { $0.history[1].ages })
  }

  @Test func itIsPartOfTheSchema() throws {
    let plain = try fitted(mixedConfiguration(), Self.sessions())
    let schema = try Self.schema()
    #expect(plain.fingerprint != schema.fingerprint && plain != schema)
    let stored = try JSONEncoder().encode(schema)
    #expect(try JSONDecoder().decode(FittedSchema.self, from: stored) == schema)
    // A checkpoint from before there were histories has no such key.
    #expect(!String(decoding: try JSONEncoder().encode(plain), as: UTF8.self).contains("history"))
  }

  @Test func aTypeThatNoSessionHasIsNamed() throws {
    let error = #expect(throws: SchemaErrors.self) {
      _ = try Self.schema { $0.history["clik"] = .init() }
    }
    let fault = try #require(error?.faults.first)
    #expect(fault.hasPrefix("schema.history.clik: expected behaviours of type clik"))
    #expect(fault.contains("did you mean \"click\"?"))
  }
}
