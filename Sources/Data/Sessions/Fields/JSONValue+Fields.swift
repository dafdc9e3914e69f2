package import JSON
import Statistics

/// Reading a value as what a field should be. `pointer` says where the value stands; it is only
/// made when there is a fault.
extension JSONValue {
  /// The member with this key; a missing or null one is a fault.
  package func required(
    _ key: String, at pointer: @autoclosure () -> String = ""
  ) throws(FieldError) -> JSONValue {
    guard let value = optional(key) else {
      throw .missing(pointer() + pointerStep(key), expected: "a value")
    }
    return value
  }

  /// The member with this key; nil when missing or null.
  package func optional(_ key: String) -> JSONValue? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }

  package func fields(
    at pointer: @autoclosure () -> String
  ) throws(FieldError) -> [(key: String, value: JSONValue)] {
    guard case .object(let members) = self else {
      throw fault(pointer(), "an object", "write {...}")
    }
    return members
  }

  package func values(at pointer: @autoclosure () -> String) throws(FieldError) -> [JSONValue] {
    guard case .array(let values) = self else {
      throw fault(pointer(), "an array", "write [...]")
    }
    return values
  }

  /// A non-empty text; a whole number is written out, so ids may be logged unquoted.
  public func identifier(at pointer: @autoclosure () -> String) throws(FieldError) -> String {
    switch self {
    case .string(let text) where !text.isEmpty: return text
    case .wide(let digits): return digits
    case .number(let value) where value == value.rounded() && abs(value) < 9.0e15:
      return String(Int64(value))
    default: throw fault(pointer(), "a non-empty id", "write a text such as \"u17\"")
    }
  }

  /// A number; the scanner only gives finite ones, a value made in code is checked here.
  public func finite(at pointer: @autoclosure () -> String) throws(FieldError) -> Double {
    guard let value = number, value.isFinite else {
      throw fault(pointer(), "a finite number", "write a number without quotes")
    }
    return value
  }

  /// A number within the range of Float.
  public func float(at pointer: @autoclosure () -> String) throws(FieldError) -> Float {
    guard let value = number, Float(value).isFinite else {
      throw fault(
        pointer(), "a finite number below 3.4e38", "write a number without quotes")
    }
    return Float(value)
  }

  /// A whole number from 0.
  public func index(at pointer: @autoclosure () -> String) throws(FieldError) -> Int {
    guard case .number(let value) = self, value >= 0, value == value.rounded(), value < 9.0e15
    else { throw fault(pointer(), "a whole number from 0", "write a number such as 3") }
    return Int(value)
  }

  /// Refuses members that are not among `known`, naming the nearest one.
  public func refuseUnknownKeys(
    _ known: [String], at pointer: @autoclosure () -> String
  ) throws(FieldError) {
    guard case .object(let members) = self else { return }
    for index in members.indices where !known.contains(members[index].key) {
      let key = members[index].key
      throw FieldError(
        pointer: pointer() + pointerStep(key), expected: "one of the keys \(list(known))",
        got: "the key \(JSONValue.string(key).summary)",
        remedy: nearestName(to: key, among: known).map { "did you mean \"\($0)\"?" }
          ?? "leave it out")
    }
  }

  package func fault(_ pointer: String, _ expected: String, _ remedy: String) -> FieldError {
    FieldError(pointer: pointer, expected: expected, got: summary, remedy: remedy)
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
