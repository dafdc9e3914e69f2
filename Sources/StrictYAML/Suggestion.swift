/// The known name nearest to a mistyped one, when it is near enough to be what was meant.
func nearest(to name: String, among known: some Sequence<String>) -> String? {
  let limit = max(1, min(3, name.count / 3))
  let candidates = known.map { ($0, editDistance(name.lowercased(), $0.lowercased())) }
    .filter { $0.1 <= limit }
  return candidates.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other
/// (optimal string alignment).
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
      row.append(best)
    }
    before = last
    last = row
  }
  return last[b.count]
}

func unknownKeyFault(
  _ entry: YAMLNode.Entry, path: [String], known: some Collection<String>
) -> ConfigurationFault {
  let sorted = known.sorted()
  let expected =
    sorted.isEmpty
    ? "no keys here"
    : sorted.count <= 12 ? "one of \(sorted.joined(separator: ", "))" : "a known key"
  let remedy = nearest(to: entry.key, among: sorted).map { "did you mean '\($0)'?" }
  return ConfigurationFault(
    at: entry.origin, path: path + [entry.key], expected: expected,
    got: "the unknown key '\(entry.key)'", remedy: remedy ?? "remove it or correct its name")
}
