/// What is wrong with a page's tags; empty for a sound one. Knows just what the reports use.
func faults(inMarkup page: String) -> [String] {
  var open: [Substring] = []
  var ids: Set<Substring> = []
  var faults: [String] = []
  for piece in page.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
    guard let end = piece.firstIndex(of: ">") else {
      faults.append("unclosed <\(piece.prefix(20))")
      continue
    }
    let tag = piece[..<end]
    if tag.hasPrefix("!DOCTYPE") || tag.hasPrefix("meta ") { continue }
    if tag.hasPrefix("/") {
      let name = tag.dropFirst()
      if open.popLast() != name { faults.append("</\(name)> closes nothing") }
      continue
    }
    open.append(tag.prefix { $0 != " " })
    if let id = tag.firstRange(of: " id=\"") {
      let value = tag[id.upperBound...].prefix { $0 != "\"" }
      if !ids.insert(value).inserted { faults.append("id \(value) twice") }
    }
  }
  return faults + open.map { "<\($0)> stays open" }
}
