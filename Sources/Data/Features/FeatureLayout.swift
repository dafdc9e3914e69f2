import Sessions

/// A categorical input as the models see it: a table of `rows` embeddings.
public struct CategoricalField: Codable, Sendable, Hashable {
  /// Row of values the vocabulary does not hold.
  public static let outOfVocabularyRow: Int32 = 0
  /// Row of items that do not have the feature at all.
  public static let missingRow: Int32 = 1

  public var name: String
  /// Rows of the table, the two rows above among them.
  public var rows: Int
  /// Width of one embedding.
  public var dimension: Int

  public init(name: String, rows: Int, dimension: Int) {
    self.name = name
    self.rows = rows
    self.dimension = dimension
  }
}

/// What one side of a request (its items, its user or its context) looks like when encoded.
public struct SideLayout: Codable, Sendable, Hashable {
  /// Names of the numeric inputs, missing-value indicators and augmentations among them.
  public var numbers: [String]
  /// Inputs with exactly one row per item.
  public var categoricals: [CategoricalField]
  /// Multi-valued inputs: any number of rows per item, their embeddings averaged.
  public var bags: [CategoricalField]

  public init(
    numbers: [String] = [], categoricals: [CategoricalField] = [], bags: [CategoricalField] = []
  ) {
    self.numbers = numbers
    self.categoricals = categoricals
    self.bags = bags
  }

  /// Width after the embeddings are looked up.
  public var width: Int {
    numbers.count + categoricals.reduce(0) { $0 + $1.dimension }
      + bags.reduce(0) { $0 + $1.dimension }
  }
}

/// The shape of everything that a fitted schema encodes: all that the models need to know of it.
public struct FeatureLayout: Codable, Sendable, Hashable {
  public var item: SideLayout
  public var user: SideLayout
  public var context: SideLayout
  /// Raw columns that the objectives read, in the order of `EncodedRequest.columns`.
  public var columns: [CandidateColumn]
  /// Feedback kinds, in the order of `EncodedSession.feedback`.
  public var feedback: [String]

  public init(
    item: SideLayout, user: SideLayout, context: SideLayout, columns: [CandidateColumn] = [],
    feedback: [String] = []
  ) {
    self.item = item
    self.user = user
    self.context = context
    self.columns = columns
    self.feedback = feedback
  }
}
