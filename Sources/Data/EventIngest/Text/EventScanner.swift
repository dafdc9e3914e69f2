import JSON
import Sessions

/// Reads lines of an event log without making a table of every item's features.
///
/// What it gives for a line is what the plain reader gives; where it is in doubt it gives nil, and
/// the plain reader has the line, with its faults.
struct EventScanner {
  private var features = FeatureScanner()

  /// The event of a line: an event in full, or nil to read it the plain way.
  mutating func event(_ line: [UInt8]) -> JoinEvent<FeatureText>? {
    var cursor = JSONCursor(bytes: line)
    var fields: FeatureText?
    var items: [JoinRanking<FeatureText>.Item]?
    let members = cursor.members(depth: 1) { key, cursor in
      switch key {
      case "fields":
        fields = features.features(in: line, at: &cursor.at, depth: 2)
        return fields == nil ? .unread : .taken
      case "items":
        items = try? cursor.elements { cursor throws(JSONError) in
          guard let item = item(&cursor, of: line) else { throw cursor.fault("an item") }
          return item
        }
        return items == nil ? .unread : .taken
      default: return .other
      }
    }
    guard let members, (try? cursor.end()) != nil else { return nil }
    // How an interaction was done goes into histories, as values: the plain reader has those.
    if let fields, !fields.isEmpty, members.isInteraction { return nil }
    return try? JoinEvent(.object(members), fields: fields, items: items)
  }

  private mutating func item(
    _ cursor: inout JSONCursor, of line: [UInt8]
  ) -> JoinRanking<FeatureText>.Item? {
    var fields: FeatureText?
    let members = cursor.members(depth: 3) { key, cursor in
      guard key == "fields" else { return .other }
      fields = features.features(in: line, at: &cursor.at, depth: 4)
      return fields == nil ? .unread : .taken
    }
    // Metarank's score of an item is one more feature, which the plain reader adds.
    guard let members, members.allSatisfy({ $0.key != "relevancy" }),
      let shell = try? RankingEvent.Item(.object(members), pointer: "")
    else {
      return nil
    }
    return JoinRanking.Item(
      id: shell.candidate.id, features: fields ?? FeatureText(), position: shell.position,
      propensity: shell.propensity)
  }
}

extension [(key: String, value: JSONValue)] {
  fileprivate var isInteraction: Bool {
    contains { $0.key == "event" && $0.value == .string("interaction") }
  }
}

extension JoinEvent<FeatureText> {
  /// The event of all members but `fields` and `items`, which are given apart.
  fileprivate init(
    _ json: JSONValue, fields: FeatureText?, items: [JoinRanking<FeatureText>.Item]?
  ) throws(FieldError) {
    var event = json
    if case .object(var members) = json {
      if fields != nil { members.append((key: "fields", value: .object([]))) }
      if items != nil { members.append((key: "items", value: .array([]))) }
      event = .object(members)
    }
    self = JoinEvent(try LogEvent(json: event)) { _ in fields ?? FeatureText() }
    if case .ranking(var ranking) = self, let items {
      ranking.items = items
      self = .ranking(ranking)
    }
  }
}
