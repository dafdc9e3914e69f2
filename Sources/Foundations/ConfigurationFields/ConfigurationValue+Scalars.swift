extension Bool: ConfigurationValue {
  public static func form(defaults: Bool?) -> ConfigurationForm { .truth }
}

extension String: ConfigurationValue {
  public static func form(defaults: String?) -> ConfigurationForm { .text }

  public func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    guard bounds.isFilled, isEmpty else { return [] }
    return [ConfigurationFault(path, expected: "a text", got: "an empty one")]
  }
}

/// The part that whole numbers and others share.
public protocol ConfigurationNumber: ConfigurationValue, CustomStringConvertible {
  static var kind: String { get }
  static var numberForm: ConfigurationForm { get }
  var double: Double { get }
}

extension ConfigurationNumber {
  public static func form(defaults: Self?) -> ConfigurationForm { numberForm }

  public func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    guard !bounds.holds(double) else { return [] }
    let kind = double.isFinite || bounds.range != nil ? Self.kind : "a finite number"
    return [ConfigurationFault(path, expected: bounds.expectation(kind), got: description)]
  }
}

extension ConfigurationNumber where Self: BinaryInteger {
  public static var kind: String { "a whole number" }
  public static var numberForm: ConfigurationForm { .wholeNumber(isSigned: Self.isSigned) }
  public var double: Double { Double(self) }
}

extension ConfigurationNumber where Self: BinaryFloatingPoint {
  public static var kind: String { "a number" }
  public static var numberForm: ConfigurationForm { .number }
  public var double: Double { Double(self) }
}

extension Int: ConfigurationNumber {}
extension UInt64: ConfigurationNumber {}
extension Double: ConfigurationNumber {}
extension Float: ConfigurationNumber {}
