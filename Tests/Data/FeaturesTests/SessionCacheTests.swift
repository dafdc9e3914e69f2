import Features
import Foundation
import RandomStreams
import Testing

@Suite struct SessionCacheTests {
  private func encoded(seed: UInt64, count: Int) throws -> [EncodedSession] {
    let schema = try fitted(
      mixedConfiguration(), mixedSessions(seed: seed, count: 20), feedback: ["click", "dwell"])
    return mixedSessions(seed: seed, count: count).map { schema.encode($0) }
  }

  private func write(
    _ sessions: [EncodedSession], to path: String, blockSize: Int = 8
  ) throws {
    let writer = try SessionCacheWriter(path: path, fingerprint: 42, blockSize: blockSize)
    for session in sessions { try writer.append(session) }
    try writer.finish()
  }

  /// NaN never equals itself, so feedback is compared by its bits.
  private func expectSame(_ a: [EncodedSession], _ b: [EncodedSession]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) {
      #expect(x.request == y.request && x.shown == y.shown)
      #expect(x.userKey == y.userKey && x.time.bitPattern == y.time.bitPattern)
      #expect(x.feedback.map { $0.map(\.bitPattern) } == y.feedback.map { $0.map(\.bitPattern) })
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 64, 100])
  func sessionsComeBackBitForBit(count: Int) throws {
    let sessions = try encoded(seed: 1, count: count)
    try withTemporaryFolder { folder in
      let path = folder + "/a.cache"
      try write(sessions, to: path)
      let cache = try SessionCache(path: path, fingerprint: 42)
      #expect(cache.count == count && cache.fingerprint == 42 && cache.blockSize == 8)
      #expect(cache.userKeys == sessions.map(\.userKey) && cache.times == sessions.map(\.time))
      expectSame(try cache.sessions(in: 0..<count), sessions)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.cache"])
    }
  }

  @Test func valuesOfEveryKindKeepTheirBits() throws {
    let odd: [Float] = [-0.0, .nan, .infinity, .leastNonzeroMagnitude, -1.1e-38]
    let side = EncodedSide(
      rows: 5, numbers: odd, indices: [0, -1, .max, .min, 7], bagOffsets: [0, 1, 1, 1, 1, 1],
      bagIndices: [3])
    let one = EncodedSide(rows: 1)
    let session = EncodedSession(
      request: EncodedRequest(item: side, user: one, context: one, columns: [odd, []]),
      shown: [4, 0], feedback: [[.nan, 1]], userKey: .max, time: -0.1)
    try withTemporaryFolder { folder in
      try write([session], to: folder + "/a.cache")
      let copy = try #require(try SessionCache(path: folder + "/a.cache").sessions(at: [0]).first)
      #expect(copy.request.item.numbers.map(\.bitPattern) == odd.map(\.bitPattern))
      #expect(copy.request.columns[0].map(\.bitPattern) == odd.map(\.bitPattern))
      #expect(copy.request.item.indices == side.indices && copy.request.columns[1].isEmpty)
      #expect(copy.userKey == .max && copy.time == -0.1)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func anyRangeAndAnyIndicesAreWhatTheyName(seed: UInt64) throws {
    let sessions = try encoded(seed: seed, count: 61)
    try withTemporaryFolder { folder in
      try write(sessions, to: folder + "/a.cache")
      let cache = try SessionCache(path: folder + "/a.cache", keptBlocks: 2)
      var stream = RandomStream(seed: seed, "ranges")
      for _ in 0..<20 {
        let ends = [stream.below(62), stream.below(62)].sorted()
        expectSame(
          try cache.sessions(in: ends[0]..<ends[1]), Array(sessions[ends[0]..<ends[1]]))
        let indices = (0..<10).map { _ in stream.below(61) }
        expectSame(try cache.sessions(at: indices), indices.map { sessions[$0] })
        #expect(cache.keptBlocks <= 2)
      }
    }
  }

  @Test func threadsReadSideBySide() async throws {
    let sessions = try encoded(seed: 9, count: 100)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.cache").path
    try write(sessions, to: path)
    let cache = try SessionCache(path: path, keptBlocks: 3)
    let right = try await withThrowingTaskGroup(of: Bool.self) { group in
      for seed in 0..<8 as Range<UInt64> {
        group.addTask {
          var stream = RandomStream(seed: seed, "thread")
          let indices = (0..<200).map { _ in stream.below(100) }
          return try indices.allSatisfy {
            try cache.sessions(at: [$0])[0].request == sessions[$0].request
          }
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(right)
  }

  @Test func everyTruncationIsNoticed() throws {
    let sessions = try encoded(seed: 2, count: 3)
    try withTemporaryFolder { folder in
      let path = folder + "/a.cache"
      try write(sessions, to: path, blockSize: 2)
      let bytes = try Data(contentsOf: URL(filePath: path))
      for length in stride(from: 0, to: bytes.count, by: 37) {
        try bytes.prefix(length).write(to: URL(filePath: path))
        #expect(throws: SessionCacheError.self) { try SessionCache(path: path) }
      }
      try bytes.prefix(bytes.count - 4).write(to: URL(filePath: path))
      #expect(throws: SessionCacheError.truncated(path: path, bytes: UInt64(bytes.count - 4))) {
        try SessionCache(path: path)
      }
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    let sessions = try encoded(seed: 2, count: 3)
    try withTemporaryFolder { folder in
      let path = folder + "/a.cache"
      try write(sessions, to: path, blockSize: 2)
      let bytes = try Data(contentsOf: URL(filePath: path))
      for place in bytes.indices where place < 24 || place % 3 == 0 {
        var damaged = bytes
        damaged[place] ^= 1 << (place % 8)
        try damaged.write(to: URL(filePath: path))
        #expect(throws: SessionCacheError.self, "byte \(place)") {
          try SessionCache(path: path, fingerprint: 42).sessions(in: 0..<3)
        }
      }
    }
  }

  @Test func otherSchemasVersionsFilesAndIndicesAreRefused() throws {
    let sessions = try encoded(seed: 2, count: 3)
    try withTemporaryFolder { folder in
      let path = folder + "/a.cache"
      try write(sessions, to: path)
      #expect(throws: SessionCacheError.fingerprint(path: path, found: 42, expected: 43)) {
        try SessionCache(path: path, fingerprint: 43)
      }
      let cache = try SessionCache(path: path)
      #expect(throws: SessionCacheError.outOfRange(path: path, index: 3, count: 3)) {
        try cache.sessions(in: 1..<4)
      }
      #expect(throws: SessionCacheError.outOfRange(path: path, index: -1, count: 3)) {
        try cache.sessions(at: [0, -1])
      }
      let other = folder + "/other"
      try Data("no cache, but longer than a header and a trailer are together ....".utf8).write(
        to: URL(filePath: other))
      #expect(throws: SessionCacheError.notACache(path: other)) { try SessionCache(path: other) }
      #expect(throws: SessionCacheError.self) { try SessionCache(path: folder + "/absent") }
      let fault = SessionCacheError.fingerprint(path: path, found: 42, expected: 43)
      #expect(fault.description.contains("0x2a") && fault.description.contains("again"))
    }
  }

  @Test func anUnfinishedCacheLeavesTheOldOneAlone() throws {
    let sessions = try encoded(seed: 2, count: 20)
    try withTemporaryFolder { folder in
      let path = folder + "/a.cache"
      try write(Array(sessions.prefix(3)), to: path)
      do {
        let writer = try SessionCacheWriter(path: path, fingerprint: 1, blockSize: 4)
        for session in sessions { try writer.append(session) }
        #expect(try SessionCache(path: path).count == 3)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.cache"])
      try write(sessions, to: path)
      #expect(try SessionCache(path: path).count == 20)
    }
  }

  @Test func nothingFollowsFinish() throws {
    let sessions = try encoded(seed: 2, count: 1)
    try withTemporaryFolder { folder in
      let writer = try SessionCacheWriter(path: folder + "/a.cache", fingerprint: 1)
      try writer.finish()
      #expect(throws: SessionCacheError.self) { try writer.append(sessions[0]) }
      #expect(throws: SessionCacheError.self) { try writer.finish() }
      #expect(throws: SessionCacheError.self) {
        try SessionCacheWriter(path: folder + "/no/such/folder/a.cache", fingerprint: 1)
      }
    }
  }
}
