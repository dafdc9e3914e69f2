/// One raw value of a feature, as a log writes it.
public enum FeatureValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  /// Several values at once, in the order of the log (a multi-valued categorical).
  case texts([String])

  /// The value as a number: a flag is 0 or 1; texts have none.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .flag(let value): value ? 1 : 0
    case .text, .texts: nil
    }
  }

  /// The value as category names: a number or flag is written out, so ids may be logged unquoted.
  public var categories: [String] {
    switch self {
    case .number(let value):
      // 9.0e15 stays below 2^53, where every whole Double has an exact Int64.
      value == value.rounded() && abs(value) < 9.0e15 ? [String(Int64(value))] : [String(value)]
    case .flag(let value): [value ? "true" : "false"]
    case .text(let value): [value]
    case .texts(let values): values
    }
  }
}

/// Features by name; a feature that an item does not have is simply absent.
public typealias FeatureMap = [String: FeatureValue]
