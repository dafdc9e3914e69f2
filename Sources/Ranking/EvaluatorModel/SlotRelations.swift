import Features
import Tensors

/// How the item of a slot repeats what is around it, per categorical item feature.
///
/// Equality of two categories is what an embedding has to learn pair by pair; counting it is exact
/// for shops that were never logged side by side.
enum SlotRelations {
  /// Numbers per feature: share of slots above with the same value, 1 / distance to the last of
  /// them, same as the slot above, same as the slot below.
  static let perField = 4

  /// - Parameter rows: item row of every slot `[L N]`, negative past a list's end.
  /// - Returns: `[L N, perField * fields]`, 0 past a list's end and for absent features.
  static func values(rows: [Int32], slots n: Int, item: EncodedSide, fields: Int) -> Matrix {
    var result = Matrix(rows: rows.count, columns: perField * fields)
    let width = perField * fields
    for field in 0..<fields {
      for start in stride(from: 0, to: rows.count, by: n) {
        for t in 0..<n where rows[start + t] >= 0 {
          let own = item.indices[Int(rows[start + t]) * fields + field]
          // Two items without the feature, or of unknown value, have nothing in common.
          guard own > CategoricalField.missingRow else { continue }
          var same: Float = 0
          var nearest: Float = 0
          for s in 0..<t where item.indices[Int(rows[start + s]) * fields + field] == own {
            same += 1
            nearest = 1 / Float(t - s)
          }
          let base = (start + t) * width + perField * field
          result.scalars[base] = same / Float(max(1, n - 1))
          result.scalars[base + 1] = nearest
          result.scalars[base + 2] = nearest == 1 ? 1 : 0
          if t + 1 < n, rows[start + t + 1] >= 0,
            item.indices[Int(rows[start + t + 1]) * fields + field] == own
          {
            result.scalars[base + 3] = 1
          }
        }
      }
    }
    return result
  }
}
