import Statistics

/// Why named weights were refused.
package enum WeightsError: Error, Sendable, Equatable, CustomStringConvertible {
  case empty(known: [String])
  case unknownName(String, known: [String])
  case notFinite(String, Double)
  case negative(String, Double)
  case allZero(known: [String])

  /// The objective at fault, if it is one.
  package var name: String? {
    switch self {
    case .empty, .allZero: nil
    case .unknownName(let name, _), .notFinite(let name, _), .negative(let name, _): name
    }
  }

  package var description: String {
    switch self {
    case .empty(let known):
      return "no weights given; name at least one of \(WeightsError.list(known))"
    case .unknownName(let name, let known):
      let hint = nearestName(to: name, among: known).map { "; did you mean \"\($0)\"?" }
      return "no objective is named \"\(name)\"; there are \(WeightsError.list(known))"
        + (hint ?? "")
    case .notFinite(let name, let weight):
      return "the weight of \"\(name)\" is \(weight); expected a finite number >= 0"
    case .negative(let name, let weight):
      return "the weight of \"\(name)\" is \(weight); expected >= 0 (0 leaves the objective out)"
    case .allZero(let known):
      return "all weights are 0; give at least one of \(WeightsError.list(known)) a number above 0"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.joined(separator: ", ")
  }
}
