package import Features
import JSON
import Sessions

/// Reads the usual bodies of `POST /v1/rerank` in one pass, features straight into cells.
///
/// What is unusual is left to `RankRequest(json:)`, which alone decides what a fault is and words
/// it: whatever this reads, that reads too, and means the same. Unusual are escapes, a choice of
/// candidates, features read with several values, Metarank's lists of features, nulls for whole parts, and every fault.
package struct RequestScanner: Sendable {
  private let item: CellNames
  private let user: CellNames
  private let context: CellNames

  /// nil when the schema's names cannot be told by their bytes.
  package init?(_ schema: FittedSchema) {
    (item, user, context) = (schema.itemCells, schema.userCells, schema.contextCells)
    guard item.arePlain, user.arePlain, context.arePlain else { return nil }
  }

  /// nil for a body that is unusual in any way.
  package func scan(_ body: [UInt8]) -> ScannedRequest? {
    // Cells hold 32-bit offsets.
    guard body.count < Int(Int32.max) else { return nil }
    var cursor = JSONCursor(bytes: body)
    do throws(JSONError) {
      return try request(&cursor)
    } catch {
      return nil
    }
  }

  private func request(_ cursor: inout JSONCursor) throws(JSONError) -> ScannedRequest {
    var users = CellScanner(user, rows: 1)
    var contexts = CellScanner(context, rows: 1)
    var items = CellScanner(item, rows: 64)
    users.addRow()
    contexts.addRow()
    var request = RankRequest(user: User(id: ""), items: [])
    var others: [(key: String, value: JSONValue)] = []
    var seen: Set<String> = []
    cursor.skipSpace()
    try cursor.plainMembers { cursor, key throws(JSONError) in
      let name = String(decoding: cursor.bytes[key], as: UTF8.self)
      guard seen.insert(name).inserted else { throw cursor.fault("another key") }
      switch name {
      case "user": request.user.id = try users.identified(&cursor)
      case "context": try contexts.features(&cursor)
      case "items": request.items = try items.items(&cursor)
      default: others.append((name, try cursor.value(depth: 1)))
      }
    }
    try cursor.end()
    guard seen.contains("items") else { throw cursor.fault("a request with items") }
    // It may name features that are no cells.
    guard !seen.contains("candidates") else { throw cursor.fault("a usual request") }
    do throws(FieldError) {
      try request.readOthers(.object(others))
    } catch {
      throw cursor.fault("other fields")
    }
    return ScannedRequest(
      request: request, items: items.cells, user: users.cells, context: contexts.cells,
      itemFeatures: items.ranges, userFeatures: users.ranges[0],
      contextFeatures: contexts.ranges[0], body: cursor.bytes)
  }
}

extension RankRequest {
  /// Reads all but user, context and items.
  fileprivate mutating func readOthers(_ json: JSONValue) throws(FieldError) {
    try json.refuseUnknownKeys(["request_id", "history"] + RankRequest.choices, at: "")
    if let id = json.optional("request_id") {
      requestID = try RankRequest.requestID(id, at: "/request_id")
    }
    try readHistory(json)
    try readChoices(json)
  }
}
