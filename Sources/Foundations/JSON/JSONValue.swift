/// One JSON value (RFC 8259).
///
/// An object keeps its members in the order of the document; keys are unique when the value comes
/// from `JSONScanner`.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// A whole number of magnitude `wideStart` or more by its digits, which a Double would round.
  case wide(String)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])
}

extension JSONValue {
  /// From here on not every whole number is a Double (2^53 is 9.007e15).
  package static let wideStart = 9.0e15

  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number, a wide one rounded to the nearest Double.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .wide(let digits): Double(digits)
    default: nil
    }
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var members: [(key: String, value: JSONValue)]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The member with this key; nil when there is none or this is no object. Linear in the members.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for index in members.indices where members[index].key == key { return members[index].value }
    return nil
  }

  /// The value in a few words, for messages: `"abc"`, `3.5`, `an array of 2 values`.
  package var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number, .wide: serialized()
    case .string(let text):
      JSONValue.string(text.count > 40 ? text.prefix(40) + "..." : text).serialized()
    case .array(let values): "an array of \(values.count) value\(values.count == 1 ? "" : "s")"
    case .object(let members):
      "an object with \(members.count) key\(members.count == 1 ? "" : "s")"
    }
  }
}

extension JSONValue: Equatable {
  /// Members are compared in order: `{"a":1,"b":2}` and `{"b":2,"a":1}` are different documents.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.wide(let a), .wide(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a.elementsEqual(b, by: ==)
    default: false
    }
  }
}
