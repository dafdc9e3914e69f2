package import Sessions

/// A sound session with every field in use.
package func randomSession(_ generator: inout TestGenerator, _ number: Int = 0) -> Session {
  let count = 1 + generator.below(8)
  let shown = Array(
    (0..<count).shuffled(using: &generator).prefix(1 + generator.below(count)))
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
package func plainSession(_ id: String, user: String, time: Double) -> Session {
  Session(
    request: Request(id: id, user: User(id: user), candidates: [Candidate(id: "a")]),
    time: time, shown: [0], feedback: ["click": [0]])
}

package func write(_ sessions: [Session], to path: String) throws {
  var writer = try SessionWriter(path: path)
  for session in sessions { try writer.write(session) }
  try writer.finish()
}
