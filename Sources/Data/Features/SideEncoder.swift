import Sessions

/// A fitted side made ready for encoding: columns resolved, vocabularies turned into tables.
///
/// It reads cells, wherever they come from: `FeatureCells` are scanned from a request's body or
/// gathered from the features of a session.
struct SideEncoder: Sendable {
  struct NumberSlot: Sendable {
    /// The cell that is read; the same in all slots.
    var cell: Int
    var normaliser: NumberNormaliser
    var column: Int
    var indicator: Int?
  }
  struct RankSlot: Sendable {
    var cell: Int
    var column: Int
    var indicator: Int?
  }
  struct ShareSlot: Sendable {
    var cell: Int
    var column: Int
  }
  struct CategoricalSlot: Sendable {
    var cell: Int
    var readsID: Bool
    var lookup: VocabularyLookup
  }
  /// An input whose type training fixed: texts only, or numbers.
  struct TypedCell: Sendable {
    var cell: Int
    var texts: Bool
  }
  struct ColumnSlot: Sendable {
    var cell: Int
    var kind: CandidateColumn.Kind
  }

  private(set) var numbers: [NumberSlot] = []
  private(set) var ranks: [RankSlot] = []
  private(set) var shares: [ShareSlot] = []
  private(set) var categoricals: [CategoricalSlot] = []
  private(set) var bags: [CategoricalSlot] = []
  private(set) var typed: [TypedCell] = []
  /// The objectives' raw columns.
  private(set) var columns: [ColumnSlot] = []
  /// Numeric inputs of a row.
  let width: Int
  /// The features that are read: one cell of a row each.
  let names: CellNames

  /// - Parameter also: features that have cells although nothing is made of them.
  init(_ side: FittedSide, columns: [CandidateColumn] = [], also: [String] = []) {
    var cells = CellNumbers()
    var next = 0
    func column() -> Int {
      defer { next += 1 }
      return next
    }
    // The order of `FittedSide.layout`.
    for number in side.numbers {
      numbers.append(
        NumberSlot(
          cell: cells[number.name], normaliser: number.normaliser, column: column(),
          indicator: number.indicator ? column() : nil))
    }
    for rank in side.ranks {
      ranks.append(
        RankSlot(
          cell: cells[rank.name], column: column(), indicator: rank.indicator ? column() : nil))
    }
    for share in side.shares { shares.append(ShareSlot(cell: cells[share], column: column())) }
    width = next
    func slot(_ field: FittedCategorical) -> CategoricalSlot {
      CategoricalSlot(
        cell: cells[field.name], readsID: side.includesID && field.name == FittedSide.idName,
        lookup: VocabularyLookup(field.vocabulary))
    }
    for field in side.categoricals { categoricals.append(slot(field)) }
    for field in side.bags { bags.append(slot(field)) }
    for column in columns {
      self.columns.append(ColumnSlot(cell: cells[column.feature], kind: column.kind))
    }
    typed = side.contents.sorted { $0.key < $1.key }.compactMap { name, content in
      guard content == .numbers || content == .texts else { return nil }
      return TypedCell(cell: cells[name], texts: content == .texts)
    }
    for name in also { _ = cells[name] }
    names = CellNames(cells.names)
  }
}

/// Numbers features in the order in which they are first asked for.
private struct CellNumbers {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  subscript(name: String) -> Int {
    mutating get {
      if let known = numbers[name] { return known }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
  }
}
