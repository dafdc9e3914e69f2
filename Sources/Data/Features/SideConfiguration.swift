/// The features of one side of a request: its items, its user or its context.
public struct SideConfiguration: Codable, Sendable, Equatable {
  /// What is said about single fields; a field that the training data never shows is a fault.
  public var fields: [String: FieldConfiguration] = [:]
  /// Fields that the networks must not see.
  public var exclude: [String] = []
  /// Fields that are not listed are used too: numbers and flags as numbers, texts as
  /// categoricals, lists as bags.
  public var infer = true

  public init() {}

  enum CodingKeys: String, CodingKey {
    case fields, exclude, infer
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    fields = try values.decodeIfPresent([String: FieldConfiguration].self, forKey: .fields) ?? [:]
    exclude = try values.decodeIfPresent([String].self, forKey: .exclude) ?? []
    infer = try values.decodeIfPresent(Bool.self, forKey: .infer) ?? true
  }
}
