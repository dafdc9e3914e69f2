import JSON
import Sessions

/// Writes joined sessions as `SessionWriter` would, with the same feedback kinds in every session.
///
/// What the joiner gives is sound, so nothing is checked here.
struct JoinedSessionWriter: ~Copyable {
  private let kinds: [String]
  private var lines: LineWriter
  private var line: [UInt8] = []
  /// How many sessions were written.
  private(set) var count = 0
  /// Per feedback kind the sum over all sessions.
  private(set) var totals: [String: Double]

  init(path: String, kinds: [String]) throws(FileError) {
    self.kinds = kinds
    totals = Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
    lines = try LineWriter(path: path)
  }

  mutating func write(_ sessions: [JoinedSession<FeatureText>]) throws(FileError) {
    for var session in sessions {
      for kind in kinds {
        let values = session.feedback[kind] ?? [Float](repeating: 0, count: session.shown.count)
        session.feedback[kind] = values
        totals[kind, default: 0] += values.reduce(0) { $0 + Double($1) }
      }
      line.removeAll(keepingCapacity: true)
      session.append(to: &line)
      try lines.write(line)
      count += 1
    }
  }

  mutating func finish() throws(FileError) {
    try lines.finish()
  }
}

extension JoinedSession<FeatureText> {
  /// Appends what `Session.json` is written as.
  fileprivate func append(to line: inout [UInt8]) {
    line.append(key: "{\"id\":")
    JSONValue.append(id, to: &line)
    line.append(key: ",\"time\":")
    JSONValue.append(time, to: &line)
    line.append(key: ",\"user\":")
    append(user, userFeatures, to: &line)
    line.append(key: ",\"context\":")
    line += context.bytes
    line.append(key: ",\"candidates\":[")
    for index in items.indices {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      append(items[index].id, items[index].features, to: &line)
    }
    line.append(key: "],\"shown\":[")
    for place in shown.indices {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      JSONValue.append(Double(shown[place]), to: &line)
    }
    line.append(key: "],\"feedback\":{")
    for (place, kind) in feedback.keys.sorted().enumerated() {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      JSONValue.append(kind, to: &line)
      line.append(UInt8(ascii: ":"))
      append(feedback[kind] ?? [], to: &line)
    }
    line.append(UInt8(ascii: "}"))
    if let propensity {
      line.append(key: ",\"propensity\":")
      append(propensity, to: &line)
    }
    line.append(UInt8(ascii: "}"))
  }

  private func append(_ id: String, _ features: FeatureText, to line: inout [UInt8]) {
    line.append(key: "{\"id\":")
    JSONValue.append(id, to: &line)
    line.append(key: ",\"features\":")
    line += features.bytes
    line.append(UInt8(ascii: "}"))
  }

  private func append(_ values: [Float], to line: inout [UInt8]) {
    line.append(UInt8(ascii: "["))
    for place in values.indices {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      JSONValue.append(values[place], to: &line)
    }
    line.append(UInt8(ascii: "]"))
  }
}

extension [UInt8] {
  /// Appends text that is known to need no escape.
  fileprivate mutating func append(key text: String) { append(contentsOf: text.utf8) }
}
