import Features

/// What feedback each category got in the sessions that a model is fitted to, drawn towards the mean of
/// all where it was seldom seen: `(sum + s mean) / (count + s)`.
///
/// The rows of a fitted session get rates of the other folds' users. With its own feedback in its own
/// rate a row would tell its label, and trees would believe rare categories.
struct CategoryRates: Sendable {
  static let folds = 5
  /// s: sightings that the mean of all counts for.
  private static let strength: Float = 20

  /// Sums and counts of all folds, then of each: `[1 + folds][row]`.
  private var sums: [[Float]]
  private var counts: [[Float]]
  private var total = [(sum: Float, count: Float)](repeating: (0, 0), count: 1 + folds)
  private let fields: CategoryFields

  init(_ fields: CategoryFields) {
    self.fields = fields
    sums = [[Float]](
      repeating: [Float](repeating: 0, count: fields.rows), count: 1 + Self.folds)
    counts = sums
  }

  /// The key is a hash, so its remainder parts the users evenly; another one than for holding out.
  static func fold(_ user: UInt64) -> Int { Int((user >> 16) % UInt64(folds)) }

  /// Adds one slot's feedback.
  mutating func add(_ label: Float, item: Int, _ request: EncodedRequest, fold: Int) {
    for place in [0, 1 + fold] {
      total[place].sum += label
      total[place].count += 1
    }
    fields.forEachMember(item: item, request) { _, row in
      for place in [0, 1 + fold] {
        sums[place][row] += label
        counts[place][row] += 1
      }
    }
  }

  /// The rate of a row without a fold's sessions; nil for none.
  func rate(_ row: Int, without fold: Int?) -> Float {
    var (sum, count) = (sums[0][row], counts[0][row])
    var all = total[0]
    if let fold {
      sum -= sums[1 + fold][row]
      count -= counts[1 + fold][row]
      all.sum -= total[1 + fold].sum
      all.count -= total[1 + fold].count
    }
    let mean = all.count > 0 ? all.sum / all.count : 0
    return (sum + Self.strength * mean) / (count + Self.strength)
  }
}

/// All categorical fields of a layout, their tables' rows behind each other: those of items, of the
/// user, of the context; categoricals before bags.
struct CategoryFields: Sendable {
  let layout: FeatureLayout
  /// Fields.
  let count: Int
  /// Rows of all tables.
  let rows: Int

  init(_ layout: FeatureLayout) {
    self.layout = layout
    let fields = [layout.item, layout.user, layout.context].flatMap { $0.categoricals + $0.bags }
    count = fields.count
    rows = fields.reduce(0) { $0 + $1.rows }
  }

  /// Hands over field and row of everything categorical about an item in a request.
  func forEachMember(
    item: Int, _ request: EncodedRequest, _ body: (_ field: Int, _ row: Int) -> Void
  ) {
    var (field, start) = (0, 0)
    for (side, own, row) in [
      (request.item, layout.item, item), (request.user, layout.user, 0),
      (request.context, layout.context, 0),
    ] {
      for (place, categorical) in own.categoricals.enumerated() {
        if side.rows > 0 {
          body(field, start + Int(side.indices[row * own.categoricals.count + place]))
        }
        field += 1
        start += categorical.rows
      }
      for (place, bag) in own.bags.enumerated() {
        if side.rows > 0 {
          for member in side.members(ofBag: row * own.bags.count + place) {
            body(field, start + Int(member))
          }
        }
        field += 1
        start += bag.rows
      }
    }
  }
}

extension EncodedSide {
  /// - Parameter bag: number of the bag among those of all rows.
  func members(ofBag bag: Int) -> ArraySlice<Int32> {
    bagIndices[Int(bagOffsets[bag])..<Int(bagOffsets[bag + 1])]
  }
}
