/// What a number may be, or each number of a list or mapping; and whether a text or a list may be
/// empty. A number that is not finite is never within bounds.
package struct ConfigurationBounds: Sendable, Equatable {
  package private(set) var lower: Double?
  package private(set) var includesLower = true
  package private(set) var upper: Double?
  package private(set) var includesUpper = true
  package private(set) var multiple: Int?
  /// Texts, lists and mappings hold something.
  package private(set) var isFilled = false
  /// In the plural.
  package internal(set) var unit: String?

  package static let any = ConfigurationBounds()
  package static let filled = any.filled

  package static func atLeast(_ lower: Double) -> Self { Self(lower: lower) }
  package static func above(_ lower: Double) -> Self { Self(lower: lower, includesLower: false) }
  package static func within(_ range: ClosedRange<Double>) -> Self {
    Self(lower: range.lowerBound, upper: range.upperBound)
  }
  package static func within(_ range: Range<Double>) -> Self {
    Self(lower: range.lowerBound, upper: range.upperBound, includesUpper: false)
  }
  package static func above(_ lower: Double, upTo upper: Double) -> Self {
    Self(lower: lower, includesLower: false, upper: upper)
  }
  /// A multiple above 0.
  package static func multiple(of factor: Int) -> Self {
    Self(lower: Double(factor), multiple: factor)
  }

  package var filled: Self {
    var bounds = self
    bounds.isFilled = true
    return bounds
  }

  private init(
    lower: Double? = nil, includesLower: Bool = true, upper: Double? = nil,
    includesUpper: Bool = true, multiple: Int? = nil
  ) {
    self.lower = lower
    self.includesLower = includesLower
    self.upper = upper
    self.includesUpper = includesUpper
    self.multiple = multiple
  }

  func holds(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    if let lower, includesLower ? number < lower : number <= lower { return false }
    if let upper, includesUpper ? number > upper : number >= upper { return false }
    return multiple.map { number.truncatingRemainder(dividingBy: Double($0)) == 0 } ?? true
  }

  /// The range in words, as in `from 0 to 1`; nil without one.
  package var range: String? {
    switch (lower, upper) {
    case (nil, nil): nil
    case (let low?, nil): includesLower ? "of at least \(text(low))" : "above \(text(low))"
    case (nil, let high?): includesUpper ? "up to \(text(high))" : "below \(text(high))"
    case (let low?, let high?):
      includesLower
        ? "from \(text(low)) to \(includesUpper ? "" : "below ")\(text(high))"
        : "above \(text(low)), up to \(text(high))"
    }
  }

  /// `a whole number from 0 to 3600 (seconds)`
  package func expectation(_ kind: String) -> String {
    let kind = multiple.map { "a multiple of \($0)" } ?? kind
    return kind + (range.map { " \($0)" } ?? "") + (unit.map { " (\($0))" } ?? "")
  }

  private func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }
}
