/// A number with what training said about it.
public struct FittedNumber: Codable, Sendable, Hashable {
  public var name: String
  public var normaliser: NumberNormaliser
  /// Whether an input of its own says that the number is missing.
  public var indicator: Bool
}

/// A categorical or a bag with its vocabulary.
public struct FittedCategorical: Codable, Sendable, Hashable {
  public var name: String
  public var dimension: Int
  public var vocabulary: Vocabulary

  var field: CategoricalField {
    CategoricalField(name: name, rows: vocabulary.rows, dimension: dimension)
  }
}

/// The rank of a number within its request.
public struct FittedRank: Codable, Sendable, Hashable {
  public var name: String
  /// Whether an input of its own says that the number is missing; false where the number itself
  /// is an input and says so already.
  public var indicator: Bool
}

/// Everything training fixed about one side of a request.
///
/// Numeric inputs are `numbers` (each followed by its indicator), `ranks` (the same), `shares`.
public struct FittedSide: Codable, Sendable, Hashable {
  public var numbers: [FittedNumber] = []
  public var ranks: [FittedRank] = []
  public var shares: [String] = []
  public var categoricals: [FittedCategorical] = []
  public var bags: [FittedCategorical] = []
  /// The categorical called `id` reads the id of the item or user, not a feature.
  public var includesID = false

  static let idName = "id"

  enum CodingKeys: String, CodingKey {
    case numbers, ranks, shares, categoricals, bags
    case includesID = "includes_id"
  }

  public var layout: SideLayout {
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
