/// How a raw feature reaches the networks.
public enum FieldType: String, Codable, Sendable, Hashable, CaseIterable {
  /// A numeric input; flags are 0 and 1.
  case number
  /// One embedding row per item.
  case categorical
  /// Any number of embedding rows per item, averaged.
  case bag
}

/// One field of a side: `schema.item.fields.price` and its like.
public struct FieldConfiguration: Codable, Sendable, Equatable {
  /// nil: inferred from the values seen in training.
  public var type: FieldType?
  /// Numbers become sign(x) * log(1 + |x|) before anything is measured on them.
  public var log = false
  /// Lower and upper bound in raw units. nil: mean +- 6 standard deviations of training.
  public var clip: [Double]?
  /// Subtract the training mean and divide by the training standard deviation.
  public var standardise = true
  /// Values seen on fewer rows than this in training share the out-of-vocabulary row.
  public var minimumCount = 2
  /// Most rows of the embedding table, the out-of-vocabulary and missing rows among them.
  public var maximumRows = 100_000
  /// Rows by hash instead of by vocabulary: no value is unknown, but values may collide.
  public var hashBuckets: Int?
  /// Width of one embedding. nil: `Vocabulary.defaultDimension(rows:)`.
  public var dimension: Int?

  public init() {}

  /// A field with a type and the defaults for all else.
  public init(_ type: FieldType) {
    self.type = type
  }

  enum CodingKeys: String, CodingKey {
    case type, log, clip, standardise
    case minimumCount = "minimum_count"
    case maximumRows = "maximum_rows"
    case hashBuckets = "hash_buckets"
    case dimension
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let usual = FieldConfiguration()
    type = try values.decodeIfPresent(FieldType.self, forKey: .type)
    log = try values.decodeIfPresent(Bool.self, forKey: .log) ?? usual.log
    clip = try values.decodeIfPresent([Double].self, forKey: .clip)
    standardise =
      try values.decodeIfPresent(Bool.self, forKey: .standardise) ?? usual.standardise
    minimumCount =
      try values.decodeIfPresent(Int.self, forKey: .minimumCount) ?? usual.minimumCount
    maximumRows =
      try values.decodeIfPresent(Int.self, forKey: .maximumRows) ?? usual.maximumRows
    hashBuckets = try values.decodeIfPresent(Int.self, forKey: .hashBuckets)
    dimension = try values.decodeIfPresent(Int.self, forKey: .dimension)
  }
}
