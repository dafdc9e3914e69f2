package import Features

/// How a candidate repeats what is already placed, per categorical item feature.
///
/// Items spoil each other by shop, category or kind whether or not a rule says so, and a recurrent
/// state cannot carry the equality of hundreds of values; counting it is exact.
package struct PlacedRelations {
  /// Numbers per feature: placed items of the same value / list length, 1 / distance to the last of
  /// them (1 = directly above), 0 if there is none.
  package static let perField = 2

  let fields: Int

  /// - Parameter isUsed: false for no relations at all, to tell what they are worth.
  package init(_ layout: FeatureLayout, isUsed: Bool = true) {
    fields = isUsed ? layout.item.categoricals.count : 0
  }

  /// Numbers per candidate.
  var width: Int { Self.perField * fields }

  /// Writes `width` numbers for every candidate i of a request at `out[base + i * stride]`, which
  /// hold 0.
  ///
  /// - Parameters:
  ///   - placed: candidates from the top down.
  ///   - rows: the request's item rows in `item`.
  package func write(
    after placed: [Int], length: Int, item: EncodedSide, rows: Range<Int>,
    into out: inout [Float], base: Int, stride: Int
  ) {
    guard fields > 0, !placed.isEmpty else { return }
    var values = [Int32](repeating: 0, count: placed.count)
    for field in 0..<fields {
      for (slot, candidate) in placed.enumerated() {
        values[slot] = item.indices[(rows.lowerBound + candidate) * fields + field]
      }
      var at = base + Self.perField * field
      for row in rows {
        let own = item.indices[row * fields + field]
        // Two items without the feature, or of unknown value, have nothing in common.
        if own > CategoricalField.missingRow {
          // Without branches, since equality cannot be foreseen.
          var (same, nearest) = (0, 0)
          for (slot, value) in values.enumerated() {
            same &+= value == own ? 1 : 0
            nearest = value == own ? slot &+ 1 : nearest
          }
          if same > 0 {
            out[at] = Float(same) / Float(length)
            out[at + 1] = 1 / Float(placed.count + 1 - nearest)
          }
        }
        at += stride
      }
    }
  }
}
