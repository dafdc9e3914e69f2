import Features

/// Which column of a linear model each input has: numbers one each, categories one per row of
/// their table, slots one each, and a constant.
///
/// Columns run through the items' inputs first, then through what all items of a session share
/// (user, context), which changes no order but keeps it out of the items' weights, then slots and
/// the constant.
struct LinearInputs: Sendable {
  let layout: FeatureLayout
  /// Slots with a column of their own; lower ones share the last.
  let slots: Int
  private let user: Int
  private let context: Int
  private let slot: Int

  init(layout: FeatureLayout, slots: Int) {
    self.layout = layout
    self.slots = slots
    user = Self.columns(layout.item)
    context = user + Self.columns(layout.user)
    slot = context + Self.columns(layout.context)
  }

  /// All columns, the constant last.
  var width: Int { slot + slots + 1 }

  private static func columns(_ side: SideLayout) -> Int {
    side.numbers.count + (side.categoricals + side.bags).reduce(0) { $0 + $1.rows }
  }

  /// Hands over columns and values of what an item itself brings.
  func forEachInput(ofItem row: Int, _ request: EncodedRequest, _ body: (Int, Double) -> Void) {
    Self.forEachInput(row, of: request.item, layout.item, first: 0, body)
  }

  /// Hands over columns and values of everything that a label may follow from.
  func forEachInput(
    ofItem row: Int, slot place: Int, _ request: EncodedRequest, _ body: (Int, Double) -> Void
  ) {
    forEachInput(ofItem: row, request, body)
    Self.forEachInput(0, of: request.user, layout.user, first: user, body)
    Self.forEachInput(0, of: request.context, layout.context, first: context, body)
    body(slot + min(place, slots - 1), 1)
    body(slot + slots, 1)
  }

  private static func forEachInput(
    _ row: Int, of side: EncodedSide, _ layout: SideLayout, first: Int,
    _ body: (Int, Double) -> Void
  ) {
    guard side.rows > 0 else { return }
    let numbers = layout.numbers.count
    for column in 0..<numbers {
      let value = side.numbers[row * numbers + column]
      if value != 0 { body(first + column, Double(value)) }
    }
    var start = first + numbers
    for (place, field) in layout.categoricals.enumerated() {
      body(start + Int(side.indices[row * layout.categoricals.count + place]), 1)
      start += field.rows
    }
    for (place, field) in layout.bags.enumerated() {
      let bag = row * layout.bags.count + place
      let members = Int(side.bagOffsets[bag])..<Int(side.bagOffsets[bag + 1])
      for member in members {
        body(start + Int(side.bagIndices[member]), 1 / Double(members.count))
      }
      start += field.rows
    }
  }
}
