import Yams

/// The YAML reader's complaint as a fault with its line and a remedy.
func syntaxFault(
  _ error: any Error, text: String, source: String, path: [String], lines: Bool
) -> ConfigurationError {
  var mark: Mark?
  var expected = "YAML"
  var got = "\(error)"
  var remedy = ""
  switch error as? YamlError {
  case .scanner(let context, let problem, let place, _),
    .parser(let context, let problem, let place, _):
    mark = place
    got = ([problem] + (context.map { [$0.text] } ?? [])).joined(separator: " ")
  case .composer(_, let problem, let place, _):
    mark = place
    got = problem
    if problem.contains("another document") {
      expected = "one document"
      got = "a second one"
      remedy = "remove the line '---' between them"
    }
  case .duplicatedKeysInMapping(let keys, let context):
    mark = context.mark
    expected = "each key once"
    got = "\(keys.map { "'\($0)'" }.joined(separator: ", ")) more than once"
    remedy = "remove the repetition below this line"
  case .reader(let problem, _, _, _): got = problem
  default: break
  }
  if let mark, remedy.isEmpty { remedy = advice(line: mark.line, of: text) }
  return ConfigurationError(
    file: source, line: lines ? mark?.line : nil, column: lines ? mark?.column : nil,
    keyPath: path.joined(separator: "."), expected: expected, got: got, remedy: remedy)
}

/// Names the two usual mistakes when the line shows one of them.
private func advice(line number: Int, of text: String) -> String {
  let all = text.split(separator: "\n", omittingEmptySubsequences: false)
  // The reader sometimes only notices on the line after the fault.
  for index in [number - 1, number - 2] where all.indices.contains(index) {
    let line = all[index]
    if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
      return "indent line \(index + 1) with spaces: YAML does not allow tabs there"
    }
    if line.split(separator: ":").count > 2, !line.contains("\"") {
      return "a text with ': ' inside must stand in quotes"
    }
  }
  return "check indentation, colons, brackets and quotes on this line and the one before"
}
