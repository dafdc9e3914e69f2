/// The feedback kinds that interactions in these logs have; a retraction has that of what it takes
/// back.
///
/// Most bytes of a log are rankings. Lines that cannot be interactions are told by a search for the
/// word, which is much faster than reading them.
func feedbackKinds(in paths: [String], retractions: [String: String]) throws -> [String] {
  var kinds: Set<String> = []
  for path in paths {
    var reader = try LineReader(path: path)
    while let bytes = try reader.next() {
      guard mayBeInteraction(bytes), let json = try? JSONScanner.parse(bytes),
        case .interaction(let event) = try? LogEvent(json: json)
      else { continue }
      kinds.insert(retractions[event.type] ?? event.type)
    }
  }
  return kinds.sorted()
}

/// Whether the line holds the word, or a backslash, with which the word could be spelt otherwise.
private func mayBeInteraction(_ line: ArraySlice<UInt8>) -> Bool {
  let bytes = line.span
  let word = Array("interaction".utf8)
  for index in bytes.indices {
    let byte = bytes[index]
    if byte == UInt8(ascii: "\\") { return true }
    guard byte == word[0], index + word.count <= bytes.count else { continue }
    if word.indices.allSatisfy({ bytes[index + $0] == word[$0] }) { return true }
  }
  return false
}
