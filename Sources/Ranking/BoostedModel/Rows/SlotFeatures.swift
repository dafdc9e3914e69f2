import Features

/// What trees may ask about an item in a slot of a list: the item, its user and context, its standing
/// among the candidates, and how it relates to what stands above it.
///
/// - Numbers of the item, each also as its rank among the candidates (0 for the highest, 1 for the
///   lowest), minus that of the item directly above, and minus the mean of all above (0 on top).
/// - Numbers of the user and of the context; the slot, from 0, and the list's length.
/// - Every categorical field and bag as the rate of its categories' feedback.
/// - For each categorical field of the item how many above have the same value, and how many slots up
///   the last of these is; `far` for none. For each bag how many above share a member.
struct SlotFeatures: Sendable {
  static let far: Float = 100

  let layout: FeatureLayout
  private let fields: CategoryFields
  let width: Int

  init(_ layout: FeatureLayout) {
    self.layout = layout
    fields = CategoryFields(layout)
    width =
      4 * layout.item.numbers.count + layout.user.numbers.count + layout.context.numbers.count + 2
      + fields.count + 2 * layout.item.categoricals.count + layout.item.bags.count
  }

  /// Appends a row for every slot of a list: `[slots, width]`.
  ///
  /// - Parameters:
  ///   - list: candidates from the top down.
  ///   - ranks: of the request, see `ranks`.
  ///   - fold: whose sessions the rates leave out; nil for none.
  func append(
    _ list: [Int], _ request: EncodedRequest, ranks: [Float], rates: CategoryRates, fold: Int?,
    to rows: inout [Float]
  ) {
    let numbers = layout.item.numbers.count
    let scalars = request.item.numbers
    var above = [Float](repeating: 0, count: numbers)
    for (slot, item) in list.enumerated() {
      let own = item * numbers
      for n in 0..<numbers {
        let value = scalars[own + n]
        rows.append(value)
        rows.append(ranks[own + n])
        rows.append(slot > 0 ? value - scalars[list[slot - 1] * numbers + n] : 0)
        rows.append(slot > 0 ? value - above[n] / Float(slot) : 0)
      }
      for n in 0..<numbers { above[n] += scalars[own + n] }
      rows += request.user.numbers
      rows += request.context.numbers
      rows.append(Float(slot))
      rows.append(Float(list.count))
      appendRates(item, request, rates, fold, to: &rows)
      appendRelations(list, slot, request.item, to: &rows)
    }
  }

  private func appendRates(
    _ item: Int, _ request: EncodedRequest, _ rates: CategoryRates, _ fold: Int?,
    to rows: inout [Float]
  ) {
    var sums = [Float](repeating: 0, count: fields.count)
    var counts = sums
    fields.forEachMember(item: item, request) { field, row in
      sums[field] += rates.rate(row, without: fold)
      counts[field] += 1
    }
    for field in sums.indices { rows.append(sums[field] / max(1, counts[field])) }
  }

  private func appendRelations(
    _ list: [Int], _ slot: Int, _ side: EncodedSide, to rows: inout [Float]
  ) {
    let (categoricals, bags) = (layout.item.categoricals.count, layout.item.bags.count)
    for field in 0..<categoricals {
      let own = side.indices[list[slot] * categoricals + field]
      var (count, distance) = (Float(0), Self.far)
      for other in 0..<slot where side.indices[list[other] * categoricals + field] == own {
        count += 1
        distance = Float(slot - other)
      }
      rows.append(count)
      rows.append(distance)
    }
    for bag in 0..<bags {
      let own = side.members(ofBag: list[slot] * bags + bag)
      rows.append(
        Float(
          (0..<slot).count { other in
            side.members(ofBag: list[other] * bags + bag).contains(where: own.contains)
          }))
    }
  }

  /// Share of the other candidates with a higher number: `[M, numbers]`.
  func ranks(_ side: EncodedSide) -> [Float] {
    let numbers = layout.item.numbers.count
    var ranks = [Float](repeating: 0, count: side.numbers.count)
    for n in 0..<numbers {
      let order = (0..<side.rows).sorted {
        side.numbers[$0 * numbers + n] > side.numbers[$1 * numbers + n]
      }
      var higher = 0
      for (place, item) in order.enumerated() {
        if place > 0,
          side.numbers[item * numbers + n] < side.numbers[order[place - 1] * numbers + n]
        {
          higher = place
        }
        ranks[item * numbers + n] = Float(higher) / Float(max(1, side.rows - 1))
      }
    }
    return ranks
  }
}
