import JSON
import Sessions

/// The feedback kinds that interactions in these logs have; a retraction has that of what it takes
/// back.
///
/// Most bytes of a log are rankings, and most interactions are of a type seen before. Such lines
/// are told by a search for a few words, which is much faster than reading them.
func feedbackKinds(
  in logs: SpooledInputs, retractions: [String: String]
) throws -> [String] {
  var search = KindSearch()
  for log in logs.files {
    var reader = try LineReader(path: log.name, from: log.path, holdsObjects: true)
    while let line = try reader.next() {
      if search.mayNameAType(line) { search.read(Array(line)) }
    }
  }
  return Set(search.types.map { retractions[$0] ?? $0 }).sorted()
}

private struct KindSearch {
  /// How most lines of other events begin.
  private static let others = ["ranking", "item", "user"].flatMap { kind in
    ["", " "].map { Array("{\"event\":\($0)\"\(kind)\"".utf8) }
  }
  private static let interaction = WordSearch("interaction")
  private static let typeKey = WordSearch("\"type\"")

  private(set) var types: Set<String> = []
  /// `:"click"` per type, with and without a blank.
  private var known: [[UInt8]] = []

  /// false: the line is no interaction, or one of a type that is known.
  ///
  /// Keys are unique, so a line that begins as another event is that or a fault. Without a
  /// backslash every word stands as it is spelt.
  func mayNameAType(_ line: ArraySlice<UInt8>) -> Bool {
    if KindSearch.others.contains(where: { line.starts(with: $0) }) { return false }
    if firstPlace(of: UInt8(ascii: "\\"), in: line) != nil { return true }
    guard KindSearch.interaction.end(in: line) != nil, let end = KindSearch.typeKey.end(in: line)
    else { return false }
    let rest = line[end...]
    if KindSearch.typeKey.end(in: rest) != nil { return true }
    return !known.contains { rest.starts(with: $0) }
  }

  mutating func read(_ line: [UInt8]) {
    guard let json = try? JSONScanner.parse(line),
      case .interaction(let event) = try? LogEvent(json: json),
      types.insert(event.type).inserted
    else { return }
    let text: [UInt8] = JSONValue.string(event.type).serialized()
    known += [Array(":".utf8) + text, Array(": ".utf8) + text]
  }
}
