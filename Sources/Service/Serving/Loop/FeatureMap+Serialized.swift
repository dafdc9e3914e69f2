import JSON
import Sessions

extension FeatureMap {
  /// By name, so that equal features are equal text.
  var json: JSONValue {
    .object(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
  }
}

extension FeatureValue {
  var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .flag(let value): .bool(value)
    case .text(let value): .string(value)
    case .texts(let values): .array(values.map { .string($0) })
    }
  }
}
