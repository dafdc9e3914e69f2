import ConfigurationFields
import Foundation
package import JSON

extension ConfigurationReference {
  /// A JSON Schema (draft 2020-12) by which editors check and complete configuration files.
  package func jsonSchema() throws -> JSONValue {
    .object(
      [
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("title", .string("Configuration of Fader")),
      ] + (try mapping(ConfigurationSection(keys: keys))))
  }

  private typealias Members = [(key: String, value: JSONValue)]

  private func mapping(_ section: ConfigurationSection) throws -> Members {
    var members: Members = [("type", .string("object"))]
    let required = section.keys.filter(\.isRequired).map { JSONValue.string($0.key) }
    if !required.isEmpty { members.append(("required", .array(required))) }
    if section.takesOneKey {
      members += [("minProperties", .number(1)), ("maxProperties", .number(1))]
    }
    let properties = try section.keys.map {
      (key: $0.key, value: JSONValue.object(try property($0)))
    }
    return members + [
      ("properties", .object(properties)), ("additionalProperties", .bool(false)),
    ]
  }

  private func property(_ key: KeyDescription) throws -> Members {
    var members: Members = [("description", .string(key.sentences))]
    // A key that may be absent may be null, too.
    members += try schema(key.form, key.bounds, takesNull: !key.isRequired)
    if case .section = key.form { return members }
    if let standard = key.standard {
      let bytes = try JSONEncoder().encode(standard)
      members.append(("default", try JSONScanner.parse(Array(bytes))))
    }
    return members
  }

  private func schema(
    _ form: ConfigurationForm, _ bounds: ConfigurationBounds, takesNull: Bool = false
  ) throws -> Members {
    func type(_ name: String) -> (key: String, value: JSONValue) {
      ("type", takesNull ? .array([.string(name), .string("null")]) : .string(name))
    }
    switch form {
    case .wholeNumber(let isSigned):
      let least: Members = isSigned || bounds.lower != nil ? [] : [("minimum", .number(0))]
      return [type("integer")] + least + limits(bounds)
    case .number: return [type("number")] + limits(bounds)
    case .truth: return [type("boolean")]
    case .text: return [type("string")] + (bounds.isFilled ? [("minLength", .number(1))] : [])
    case .choice(let names):
      return [("enum", .array(names.map { .string($0) } + (takesNull ? [.null] : [])))]
    case .list(let entry):
      return [type("array")] + (bounds.isFilled ? [("minItems", .number(1))] : [])
        + [("items", .object(try schema(entry, bounds)))]
    case .map(let entry):
      return [type("object")] + (bounds.isFilled ? [("minProperties", .number(1))] : [])
        + [("additionalProperties", .object(try schema(entry, bounds)))]
    case .section(let section):
      return [type("object")] + (try mapping(section)).dropFirst()
    case .either(let forms):
      let others: [JSONValue] = try forms.map { .object(try schema($0, bounds)) }
      return [
        ("anyOf", .array(others + (takesNull ? [.object([("type", .string("null"))])] : [])))
      ]
    }
  }

  private func limits(_ bounds: ConfigurationBounds) -> Members {
    var members: Members = []
    if let lower = bounds.lower, bounds.multiple == nil {
      members.append((bounds.includesLower ? "minimum" : "exclusiveMinimum", .number(lower)))
    }
    if let upper = bounds.upper {
      members.append((bounds.includesUpper ? "maximum" : "exclusiveMaximum", .number(upper)))
    }
    if let multiple = bounds.multiple {
      members += [("exclusiveMinimum", .number(0)), ("multipleOf", .number(Double(multiple)))]
    }
    return members
  }
}
