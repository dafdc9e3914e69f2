/// Why named weights were refused.
public enum WeightsFault: Error, Sendable, Equatable, CustomStringConvertible {
  case empty(known: [String])
  case unknownName(String, known: [String])
  case notFinite(String, Double)
  case negative(String, Double)
  case allZero(known: [String])

  /// The objective at fault, if it is one.
  public var name: String? {
    switch self {
    case .empty, .allZero: nil
    case .unknownName(let name, _), .notFinite(let name, _), .negative(let name, _): name
    }
  }

  public var description: String {
    switch self {
    case .empty(let known):
      return "no weights given; name at least one of \(WeightsFault.list(known))"
    case .unknownName(let name, let known):
      let hint = WeightsFault.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" }
      return "no objective is named \"\(name)\"; there are \(WeightsFault.list(known))"
        + (hint ?? "")
    case .notFinite(let name, let weight):
      return "the weight of \"\(name)\" is \(weight); expected a finite number >= 0"
    case .negative(let name, let weight):
      return "the weight of \"\(name)\" is \(weight); expected >= 0 (0 leaves the objective out)"
    case .allZero(let known):
      return "all weights are 0; give at least one of \(WeightsFault.list(known)) a number above 0"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.joined(separator: ", ")
  }

  /// The known name with the fewest edits, if few enough to be a slip.
  private static func nearest(to name: String, among known: [String]) -> String? {
    let allowed = max(1, name.count / 3)
    return known.map { (name: $0, edits: editDistance($0, name)) }
      .filter { $0.edits <= allowed }
      .min { $0.edits < $1.edits }?.name
  }
}

/// Insertions, deletions and replacements that turn one text into the other (Levenshtein, 1966).
func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
