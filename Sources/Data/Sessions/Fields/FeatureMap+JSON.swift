package import JSON

extension [String: FeatureValue] {
  /// Features from an object `{"price": 3}` or from Metarank's `[{"name": "price", "value": 3}]`.
  ///
  /// A whole number beyond 9.0e15 is a text of its digits, as it is an id and would be rounded.
  /// Null means absent. An array is several categories at once: texts, flags or whole numbers. An
  /// array of numbers with a fraction among them is a vector: its numbers become the features
  /// `name.0`, `name.1` and so on. Nested objects have no meaning as one feature and are refused.
  package init(json: JSONValue, pointer: @autoclosure () -> String) throws(FieldError) {
    self = [:]
    switch json {
    case .object(let members):
      reserveCapacity(members.count)
      for index in members.indices {
        let key = members[index].key
        try set(key, members[index].value, at: pointer() + pointerStep(key))
      }
    case .array(let pairs):
      for index in pairs.indices { try add(pairs[index], at: pointer() + "/\(index)") }
    default:
      throw json.fault(
        pointer(), "an object or an array of {\"name\", \"value\"}", "write {\"feature\": value}")
    }
  }

  private mutating func add(
    _ pair: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) {
    _ = try pair.fields(at: pointer())
    let name = try pair.required("name", at: pointer()).identifier(at: pointer() + "/name")
    guard let value = pair["value"] else {
      throw .missing(pointer() + "/value", expected: "a value or null")
    }
    guard self[name] == nil else {
      throw FieldError(
        pointer: pointer() + "/name", expected: "a feature not named before",
        got: JSONValue.string(name).summary, remedy: "give each feature once")
    }
    try set(name, value, at: pointer() + "/value")
  }

  private mutating func set(
    _ name: String, _ value: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) {
    guard let vector = value.vector else {
      self[name] = try FeatureValue.read(value, at: pointer())
      return
    }
    for place in vector.indices { self["\(name).\(place)"] = .number(vector[place]) }
  }

  /// The features as an object, by name.
  package var json: JSONValue {
    .object(sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.json) })
  }
}

extension FeatureValue {
  package static func read(
    _ json: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) -> FeatureValue? {
    switch json {
    case .null: return nil
    case .bool(let flag): return .flag(flag)
    case .number(let number): return .number(number)
    // Rounded it would be another id; as a quantity nobody needs so many digits.
    case .wide(let digits): return .text(digits)
    case .string(let text): return .text(text)
    case .array(let values):
      var texts: [String] = []
      texts.reserveCapacity(values.count)
      for index in values.indices {
        texts.append(try category(values[index], at: pointer() + "/\(index)"))
      }
      return .texts(texts)
    case .object:
      throw json.fault(
        pointer(), "a number, text, flag, null or array of texts",
        "flatten it into one feature per value")
    }
  }

  private static func category(
    _ json: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) -> String {
    switch json {
    case .string(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .wide(let digits): return digits
    case .number(let number) where number == number.rounded() && abs(number) < 9.0e15:
      return String(Int64(number))
    default:
      throw json.fault(
        pointer(), "a text or a whole number, as one of several categories",
        "give each number its own feature")
    }
  }

  package var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .flag(let value): .bool(value)
    case .text(let value): .string(value)
    case .texts(let values): .array(values.map { .string($0) })
    }
  }
}

extension JSONValue {
  /// The numbers of an array of numbers that are not all whole; nil for any other value.
  fileprivate var vector: [Double]? {
    guard case .array(let values) = self else { return nil }
    var numbers: [Double] = []
    var hasFraction = false
    for value in values {
      guard let number = value.number, number.isFinite else { return nil }
      hasFraction = hasFraction || number != number.rounded()
      numbers.append(number)
    }
    return hasFraction ? numbers : nil
  }
}
