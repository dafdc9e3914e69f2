import Statistics

func unknownKeyFault(
  _ entry: YAMLNode.Entry, path: [String], known: some Collection<String>
) -> ConfigurationError {
  let sorted = known.sorted()
  let expected =
    sorted.isEmpty
    ? "no keys here"
    : sorted.count <= 12 ? "one of \(sorted.joined(separator: ", "))" : "a known key"
  let remedy = nearestName(to: entry.key, among: sorted).map { "did you mean '\($0)'?" }
  return ConfigurationError(
    at: entry.origin, path: path + [entry.key], expected: expected,
    got: "the unknown key '\(entry.key)'", remedy: remedy ?? "remove it or correct its name")
}
