/// Reads lines of an event log without making a table of every item's features.
///
/// What it gives for a line is what the plain reader gives; where it is in doubt it gives nil, and
/// the plain reader has the line, with its faults.
struct EventScanner {
  /// Keys of an event or an item that are compared one by one; more are for the plain reader.
  private static let keyLimit = 16

  private var features = FeatureScanner()

  /// The event of a line: an event in full, or nil to read it the plain way.
  mutating func event(_ line: [UInt8]) -> JoinEvent<FeatureText>? {
    var cursor = JSONCursor(bytes: line)
    var fields: FeatureText?
    var items: [JoinRanking<FeatureText>.Item]?
    guard
      let members = members(
        &cursor, depth: 1,
        special: { scanner, key, cursor in
          switch key {
          case "fields":
            fields = scanner.features.features(in: line, at: &cursor.at, depth: 2)
            return fields == nil ? .unread : .taken
          case "items":
            items = scanner.items(&cursor)
            return items == nil ? .unread : .taken
          default: return .other
          }
        })
    else { return nil }
    cursor.skipSpace()
    guard cursor.at == line.count else { return nil }
    return try? JoinEvent(.object(members), fields: fields, items: items)
  }

  private enum Reading { case taken, unread, other }

  /// The members of the object at the cursor, but for those that `special` takes.
  private mutating func members(
    _ cursor: inout JSONCursor, depth: Int,
    special: (inout EventScanner, String, inout JSONCursor) -> Reading
  ) -> [(key: String, value: JSONValue)]? {
    cursor.skipSpace()
    guard cursor.take(UInt8(ascii: "{")) else { return nil }
    cursor.skipSpace()
    if cursor.take(UInt8(ascii: "}")) { return [] }
    var members: [(key: String, value: JSONValue)] = []
    members.reserveCapacity(8)
    var taken: [String] = []
    while members.count < EventScanner.keyLimit {
      guard cursor.at < cursor.bytes.count, cursor.bytes[cursor.at] == UInt8(ascii: "\""),
        let key = try? cursor.string(), !taken.contains(key),
        !members.contains(where: { $0.key == key })
      else { return nil }
      cursor.skipSpace()
      guard cursor.take(UInt8(ascii: ":")) else { return nil }
      cursor.skipSpace()
      switch special(&self, key, &cursor) {
      case .taken: taken.append(key)
      case .unread: return nil
      case .other:
        guard let value = try? cursor.value(depth: depth) else { return nil }
        members.append((key: key, value: value))
      }
      cursor.skipSpace()
      if cursor.take(UInt8(ascii: "}")) { return members }
      guard cursor.take(UInt8(ascii: ",")) else { return nil }
      cursor.skipSpace()
    }
    return nil
  }

  private mutating func items(
    _ cursor: inout JSONCursor
  ) -> [JoinRanking<FeatureText>.Item]? {
    guard cursor.take(UInt8(ascii: "[")) else { return nil }
    var items: [JoinRanking<FeatureText>.Item] = []
    cursor.skipSpace()
    if cursor.take(UInt8(ascii: "]")) { return items }
    while let item = item(&cursor) {
      items.append(item)
      cursor.skipSpace()
      if cursor.take(UInt8(ascii: "]")) { return items }
      guard cursor.take(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }

  private mutating func item(_ cursor: inout JSONCursor) -> JoinRanking<FeatureText>.Item? {
    var fields: FeatureText?
    let members = members(&cursor, depth: 3) { scanner, key, cursor in
      guard key == "fields" else { return .other }
      let line = cursor.bytes
      fields = scanner.features.features(in: line, at: &cursor.at, depth: 4)
      return fields == nil ? .unread : .taken
    }
    guard let members,
      let shell = try? RankingEvent.Item(.object(members), pointer: "")
    else { return nil }
    return JoinRanking.Item(
      id: shell.candidate.id, features: fields ?? FeatureText(), position: shell.position,
      propensity: shell.propensity)
  }
}

extension JoinEvent<FeatureText> {
  /// The event of all members but `fields` and `items`, which are given apart.
  fileprivate init(
    _ json: JSONValue, fields: FeatureText?, items: [JoinRanking<FeatureText>.Item]?
  ) throws(FieldFault) {
    // Fields and items of its own would be those that a fault stands in.
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
