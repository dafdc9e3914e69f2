package import Sessions

/// A categorical input as the models see it: a table of `rows` embeddings.
package struct CategoricalField: Codable, Sendable, Hashable {
  /// Row of values the vocabulary does not hold.
  package static let outOfVocabularyRow: Int32 = 0
  /// Row of items that do not have the feature at all.
  package static let missingRow: Int32 = 1

  package var name: String
  /// Rows of the table, the two rows above among them.
  package var rows: Int
  /// Width of one embedding.
  package var dimension: Int

  package init(name: String, rows: Int, dimension: Int) {
    self.name = name
    self.rows = rows
    self.dimension = dimension
  }
}

/// What one side of a request (its items, its user or its context) looks like when encoded.
package struct SideLayout: Codable, Sendable, Hashable {
  /// Names of the numeric inputs, missing-value indicators and augmentations among them.
  package var numbers: [String]
  /// Inputs with exactly one row per item.
  package var categoricals: [CategoricalField]
  /// Multi-valued inputs: any number of rows per item, their embeddings averaged.
  package var bags: [CategoricalField]

  package init(
    numbers: [String] = [], categoricals: [CategoricalField] = [], bags: [CategoricalField] = []
  ) {
    self.numbers = numbers
    self.categoricals = categoricals
    self.bags = bags
  }

  /// Width after the embeddings are looked up.
  package var width: Int {
    numbers.count + categoricals.reduce(0) { $0 + $1.dimension }
      + bags.reduce(0) { $0 + $1.dimension }
  }
}

/// The shape of everything that a fitted schema encodes: all that the models need to know of it.
package struct FeatureLayout: Codable, Sendable, Hashable {
  package var item: SideLayout
  package var user: SideLayout
  package var context: SideLayout
  /// Raw columns that the objectives read, in the order of `EncodedRequest.columns`.
  package var columns: [CandidateColumn]
  /// Feedback kinds, in the order of `EncodedSession.feedback`.
  package var feedback: [String]
  /// Sequences of behaviours, in the order of `EncodedRequest.history`.
  package var history: [HistoryLayout]

  package init(
    item: SideLayout, user: SideLayout, context: SideLayout, columns: [CandidateColumn] = [],
    feedback: [String] = [], history: [HistoryLayout] = []
  ) {
    self.item = item
    self.user = user
    self.context = context
    self.columns = columns
    self.feedback = feedback
    self.history = history
  }
}
