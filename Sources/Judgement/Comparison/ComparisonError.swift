/// A comparison that cannot be made.
package enum ComparisonError: Error, Sendable, Equatable, CustomStringConvertible {
  case noUpstream(String, known: [String])
  case noSessions

  package var description: String {
    switch self {
    case .noUpstream(let name, let known):
      "--upstream: expected a number of the items (\(known.joined(separator: ", "))), got "
        + "\"\(name)\"; name the number that holds the upstream order"
    case .noSessions:
      "data: expected held-out sessions to compare on, got none; give more sessions or another "
        + "data.split"
    }
  }
}
