import JSON
import Sessions

/// Writes joined sessions as `SessionWriter` would, with the same feedback kinds in every session.
///
/// What the joiner gives is sound, so nothing is checked here.
struct JoinedSessionWriter: ~Copyable {
  private let kinds: [String]
  private var lines: LineWriter
  private var line = JSONWriter()
  /// How many sessions were written.
  private(set) var count = 0
  /// Per feedback kind the sum over all sessions.
  private(set) var totals: [String: Double]
  /// Behaviours in the histories, by type.
  private(set) var behaviours: [String: Int] = [:]

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
      for behaviour in session.history { behaviours[behaviour.type, default: 0] += 1 }
      line.bytes.removeAll(keepingCapacity: true)
      session.write(to: &line)
      try lines.write(line.bytes)
      count += 1
    }
  }

  mutating func finish() throws(FileError) {
    try lines.finish()
  }
}

extension JoinedSession<FeatureText> {
  /// Writes what `Session.json` is written as.
  fileprivate func write(to line: inout JSONWriter) {
    line.object { line in
      line.member("id", id)
      line.member("time", time)
      line.key("user")
      write(user, userFeatures, to: &line)
      line.key("context")
      line.write(json: context.bytes)
      line.key("candidates")
      line.array { line in
        for item in items { write(item.id, item.features, to: &line) }
      }
      line.member("shown", shown)
      line.key("feedback")
      line.object { line in
        for kind in feedback.keys.sorted() { line.member(kind, feedback[kind] ?? []) }
      }
      if !history.isEmpty {
        line.key("history")
        line.array { line in
          for behaviour in history { write(behaviour, to: &line) }
        }
      }
      if let propensity { line.member("propensity", propensity) }
      if let masks {
        line.key("masks")
        line.write(masks.json)
      }
    }
  }

  private func write(_ behaviour: JoinedBehaviour<FeatureText>, to line: inout JSONWriter) {
    line.object { line in
      line.member("type", behaviour.type)
      line.member("time", behaviour.time)
      line.key("item")
      write(behaviour.item.id, behaviour.item.features, to: &line)
      if let position = behaviour.item.position { line.member("position", position) }
      if !behaviour.action.isEmpty {
        line.key("action")
        line.write(behaviour.action.json)
      }
    }
  }

  private func write(_ id: String, _ features: FeatureText, to line: inout JSONWriter) {
    line.object { line in
      line.member("id", id)
      line.key("features")
      line.write(json: features.bytes)
    }
  }
}
