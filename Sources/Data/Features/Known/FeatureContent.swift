import Sessions

/// What the values of a raw feature are, as far as it is known.
package enum FeatureContent: String, Sendable, Hashable {
  /// True and false, or numbers that are 0 or 1.
  case flags = "0 or 1"
  case numbers = "number"
  case texts = "text"
  /// Numbers and texts, neither of them rare.
  case mixed = "number or text"
  /// A schema cannot tell: its values are digits, or are known by their hashes only.
  case open = "any"

  /// Share of other values up to which a feature is what its other values are.
  static let mostOdd = 0.01

  /// - Parameters:
  ///   - numbers: rows with a number or a flag.
  ///   - flags: those of them that are true, false, 0 or 1.
  ///   - texts: rows with a text or a list of texts.
  init(numbers: Int, flags: Int, texts: Int) {
    let most = Self.mostOdd * Double(numbers + texts)
    if Double(numbers) <= most {
      self = numbers == texts ? .open : .texts
    } else if Double(texts) > most {
      self = .mixed
    } else {
      self = Double(numbers - flags) <= most ? .flags : .numbers
    }
  }

  /// Whether a column of that kind means something over such values.
  ///
  /// - Parameter numbersAreFlags: whether a number above 0 is a flag, as hard rules take it.
  func suits(_ kind: CandidateColumn.Kind, numbersAreFlags: Bool) -> Bool {
    switch (kind, self) {
    case (.group, _), (_, .open), (_, .flags), (.number, .numbers): true
    case (.flag, .numbers): numbersAreFlags
    case (.flag, _), (.number, _): false
    }
  }
}

extension CandidateColumn.Kind {
  /// What a feature should be, for a fault's text.
  func wording(numbersAreFlags: Bool) -> String {
    switch self {
    case .group: "a feature"
    case .number: "a number"
    case .flag: numbersAreFlags ? "a flag or a number" : "a flag (true, false, 0 or 1)"
    }
  }
}
