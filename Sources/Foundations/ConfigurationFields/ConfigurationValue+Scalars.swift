extension Bool: ConfigurationValue {
  package static func form(defaults: Bool?) -> ConfigurationForm { .truth }
}

extension String: ConfigurationValue {
  package static func form(defaults: String?) -> ConfigurationForm { .text }

  package func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    guard bounds.isFilled, isEmpty else { return [] }
    return [ConfigurationFault(path, expected: "a text", got: "an empty one")]
  }
}

/// The part that whole numbers and others share.
package protocol ConfigurationNumber: ConfigurationValue, CustomStringConvertible {
  static var kind: String { get }
  static var numberForm: ConfigurationForm { get }
  var double: Double { get }
}

extension ConfigurationNumber {
  package static func form(defaults: Self?) -> ConfigurationForm { numberForm }

  package func faults(at path: String, within bounds: ConfigurationBounds) -> [ConfigurationFault] {
    guard !bounds.holds(double) else { return [] }
    let kind = double.isFinite || bounds.range != nil ? Self.kind : "a finite number"
    return [ConfigurationFault(path, expected: bounds.expectation(kind), got: description)]
  }
}

extension ConfigurationNumber where Self: BinaryInteger {
  package static var kind: String { "a whole number" }
  package static var numberForm: ConfigurationForm { .wholeNumber(isSigned: Self.isSigned) }
  package var double: Double { Double(self) }
}

extension ConfigurationNumber where Self: BinaryFloatingPoint {
  package static var kind: String { "a number" }
  package static var numberForm: ConfigurationForm { .number }
  package var double: Double { Double(self) }
}

extension Int: ConfigurationNumber {}
extension UInt64: ConfigurationNumber {}
extension Double: ConfigurationNumber {}
extension Float: ConfigurationNumber {}
