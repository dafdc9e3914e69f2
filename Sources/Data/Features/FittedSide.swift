/// A number with what training said about it.
package struct FittedNumber: Codable, Sendable, Hashable {
  package var name: String
  package var normaliser: NumberNormaliser
  /// Whether an input of its own says that the number is missing.
  package var indicator: Bool
}

/// A categorical or a bag with its vocabulary.
package struct FittedCategorical: Codable, Sendable, Hashable {
  package var name: String
  package var dimension: Int
  package var vocabulary: Vocabulary

  var field: CategoricalField {
    CategoricalField(name: name, rows: vocabulary.rows, dimension: dimension)
  }
}

/// The rank of a number within its request.
package struct FittedRank: Codable, Sendable, Hashable {
  package var name: String
  /// Whether an input of its own says that the number is missing; false where the number itself
  /// is an input and says so already.
  package var indicator: Bool
}

/// Everything training fixed about one side of a request.
///
/// Numeric inputs are `numbers` (each followed by its indicator), `ranks` (the same), `shares`.
package struct FittedSide: Codable, Sendable, Hashable {
  package var numbers: [FittedNumber] = []
  package var ranks: [FittedRank] = []
  package var shares: [String] = []
  package var categoricals: [FittedCategorical] = []
  package var bags: [FittedCategorical] = []
  /// The categorical called `id` reads the id of the item or user, not a feature.
  package var includesID = false

  static let idName = "id"

  enum CodingKeys: String, CodingKey {
    case numbers, ranks, shares, categoricals, bags
    case includesID = "includes_id"
  }

  package var layout: SideLayout {
    var names: [String] = []
    for number in numbers {
      names.append(number.name)
      if number.indicator { names.append("\(number.name):missing") }
    }
    for rank in ranks {
      names.append("\(rank.name):rank")
      if rank.indicator { names.append("\(rank.name):missing") }
    }
    names += shares.map { "\($0):share" }
    return SideLayout(
      numbers: names, categoricals: categoricals.map(\.field), bags: bags.map(\.field))
  }
}
