import Foundation
import Sessions

/// SplitMix64: the tests' own numbers, the same on every run.
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

/// A folder that goes away with the test.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file with this content.
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }
}

func bytes(of path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

func lines(of path: String) throws -> [String] {
  var reader = try LineReader(path: path)
  var lines: [String] = []
  while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
  return lines
}

/// A sound session with every field in use.
func randomSession(_ generator: inout TestGenerator, _ number: Int = 0) -> Session {
  let count = 1 + generator.below(8)
  let shown = Array((0..<count).shuffled(using: &generator).prefix(1 + generator.below(count)))
  let candidates = (0..<count).map { index in
    Candidate(
      id: "i\(index)",
      features: [
        "score": .number(Double.random(in: -9...9, using: &generator)), "new": .flag(index > 2),
        "shop": .text("s/\(generator.below(3))\"\u{1}é"), "tags": .texts(["a", "b~"]),
      ])
  }
  let dwell = shown.map { _ in Float.random(in: 0...99, using: &generator) }
  return Session(
    request: Request(
      id: "r\(number)", user: User(id: "u\(generator.below(5))", features: ["age": .number(33)]),
      context: ["page": .number(1), "device": .text("phone")], candidates: candidates),
    time: 1_750_000_000 + Double(number) * 1.5, shown: shown,
    feedback: ["click": shown.map { _ in Float(generator.below(2)) }, "dwell": dwell],
    propensity: generator.below(2) == 0 ? nil : shown.map { _ in 0.1 })
}

/// A sound session that only matters by its user and time.
func plainSession(_ id: String, user: String, time: Double) -> Session {
  Session(
    request: Request(id: id, user: User(id: user), candidates: [Candidate(id: "a")]),
    time: time, shown: [0], feedback: ["click": [0]])
}

func write(_ sessions: [Session], to path: String) throws {
  var writer = try SessionWriter(path: path)
  for session in sessions { try writer.write(session) }
  try writer.finish()
}
