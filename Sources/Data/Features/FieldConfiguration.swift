package import ConfigurationFields

/// How a raw feature reaches the networks.
package enum FieldType: String, ConfigurationChoice {
  /// A numeric input; flags are 0 and 1.
  case number
  /// One embedding row per item.
  case categorical
  /// Any number of embedding rows per item, averaged.
  case bag
}

/// One field of a side: `schema.item.fields.price` and its like.
package struct FieldConfiguration: Configurable {
  /// nil: inferred from the values seen in training.
  package var type: FieldType?
  package var log = false
  package var logit = false
  /// nil: mean +- 6 standard deviations of training.
  package var clip: [Double]?
  package var standardise = true
  package var minimumCount = 2
  package var maximumRows = 100_000
  package var hashBuckets: Int?
  /// nil: `Vocabulary.defaultDimension(rows:)`.
  package var dimension: Int?

  package init() {}

  /// A field with a type and the defaults for all else.
  package init(_ type: FieldType) {
    self.type = type
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "type", \.type,
      "How the field reaches the networks: number as it is (flags are 0 and 1), categorical as an "
        + "embedding, bag as the mean of the embeddings of a list of values. By default it follows "
        + "from the values of the training sessions."),
    .init(
      "log", \.log,
      "Whether numbers become sign(x) * log(1 + |x|) first, which tames prices and counts."),
    .init(
      "logit", \.logit,
      "Whether numbers are chances, which become their log-odds first, as upstream scores should.",
      writing: .ifChanged),
    .init(
      "clip", \.clip,
      "Lower and upper bound of a number, in its own units. By default 6 standard deviations to both "
        + "sides of its mean in training."),
    .init(
      "standardise", \.standardise,
      "Whether the training mean is subtracted from a number and its standard deviation divided out."
    ),
    .init(
      "minimum_count", \.minimumCount,
      "Values that fewer rows of the training sessions have share the embedding of unknown ones.",
      .within(1...2_147_483_647), unit: "rows", remedy: "use 1 to give every value a row"),
    .init(
      "maximum_rows", \.maximumRows,
      "Most embeddings of the field, among them the one of unknown values and the one of absent ones.",
      .within(3...2_147_483_647), unit: "rows", remedy: "two rows are reserved, so use 3 or more"),
    .init(
      "hash_buckets", \.hashBuckets,
      "Embeddings that values share by their hash: no value is unknown then, but values may collide. "
        + "By default each value has its own.", .within(1...2_147_483_645),
      remedy: "leave it out for a vocabulary"),
    .init(
      "dimension", \.dimension,
      "Width of an embedding. By default it grows with the number of values, from 2 to 16.",
      .within(1...4096), remedy: "leave it out for a width chosen by the table's size"),
  ]
}
