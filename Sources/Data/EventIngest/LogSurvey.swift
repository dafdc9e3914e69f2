import JSON
import Sessions

/// What must be known of logs before their first event is joined.
struct LogSurvey {
  /// The feedback kinds that interactions have; a retraction has that of what it takes back.
  let kinds: [String]
  /// Whether any item of any ranking has a position. In a log without positions the items of a
  /// ranking are those that were shown, in their order, as Metarank logs them.
  let hasPositions: Bool
}

/// Reads the logs for their survey.
///
/// Most bytes of a log are rankings, and most interactions are of a type seen before. Such lines
/// are told by a search for a few words, which is much faster than reading them.
///
/// - Throws: `FileError` for the logs; `FieldError` for a log of several tenants, as Metarank has
///   them, whose items and users would be mixed.
func survey(_ logs: SpooledInputs, retractions: [String: String]) throws -> LogSurvey {
  var search = SurveySearch()
  for log in logs.files {
    var reader = try LineReader(path: log.name, from: log.path, holdsObjects: true)
    while let line = try reader.next() {
      if search.mayTellMore(line) { search.read(Array(line)) }
    }
  }
  if search.tenants.count > 1 {
    let names = search.tenants.sorted()
    throw FieldError(
      pointer: "/tenant", expected: "events of one tenant in all logs",
      got: "several, such as \(names[0]) and \(names[1])",
      remedy:
        "ingest them one by one, as jq -c 'select(.tenant == \"\(names[0])\")' FILE gives them")
  }
  return LogSurvey(
    kinds: Set(search.types.map { retractions[$0] ?? $0 }).sorted(),
    hasPositions: search.hasPositions)
}

private struct SurveySearch {
  /// How most lines of other events begin.
  private static let others = ["ranking", "item", "user"].flatMap { kind in
    ["", " "].map { Array("{\"event\":\($0)\"\(kind)\"".utf8) }
  }
  private static let interaction = WordSearch("interaction")
  private static let typeKey = WordSearch("\"type\"")
  private static let positionKey = WordSearch("\"position\"")
  private static let tenantKey = WordSearch("\"tenant\"")

  private(set) var hasPositions = false
  private(set) var types: Set<String> = []
  private(set) var tenants: Set<String> = []
  /// `:"click"` per type, with and without a blank.
  private var known: [[UInt8]] = []
  /// The same per tenant.
  private var knownTenants: [[UInt8]] = []

  /// Whether the line should be read.
  func mayTellMore(_ line: ArraySlice<UInt8>) -> Bool {
    if hasPositions { return mayNameAType(line) }
    return SurveySearch.positionKey.end(in: line) != nil
      || firstPlace(of: UInt8(ascii: "\\"), in: line) != nil || mayNameATenant(line)
      || mayNameAType(line)
  }

  /// Only looked for in logs without positions, which are Metarank's.
  private func mayNameATenant(_ line: ArraySlice<UInt8>) -> Bool {
    guard let end = SurveySearch.tenantKey.end(in: line) else { return false }
    return !knownTenants.contains { line[end...].starts(with: $0) }
  }

  /// false: the line is no interaction, or one of a type that is known.
  ///
  /// Keys are unique, so a line that begins as another event is that or a fault. Without a
  /// backslash every word stands as it is spelt.
  private func mayNameAType(_ line: ArraySlice<UInt8>) -> Bool {
    if SurveySearch.others.contains(where: { line.starts(with: $0) }) { return false }
    if firstPlace(of: UInt8(ascii: "\\"), in: line) != nil { return true }
    guard SurveySearch.interaction.end(in: line) != nil,
      let end = SurveySearch.typeKey.end(in: line)
    else { return false }
    let rest = line[end...]
    if SurveySearch.typeKey.end(in: rest) != nil { return true }
    return !known.contains { rest.starts(with: $0) }
  }

  mutating func read(_ line: [UInt8]) {
    guard let json = try? JSONScanner.parse(line) else { return }
    if json["event"] == "ranking", let items = json["items"]?.array {
      hasPositions = hasPositions || items.contains { $0["position"]?.isNull == false }
    }
    if let tenant = json["tenant"]?.string, tenants.insert(tenant).inserted {
      knownTenants += SurveySearch.spellings(of: tenant)
    }
    guard
      case .interaction(let event) = try? LogEvent(json: json),
      types.insert(event.type).inserted
    else { return }
    known += SurveySearch.spellings(of: event.type)
  }

  /// A text as it stands behind its key, with and without a blank.
  private static func spellings(of text: String) -> [[UInt8]] {
    let json: [UInt8] = JSONValue.string(text).serialized()
    return [":", ": "].map { Array($0.utf8) + json }
  }
}
