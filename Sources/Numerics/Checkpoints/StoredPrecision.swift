/// How exactly a file holds the scalars of its tensors.
package enum StoredPrecision: String, Sendable, CaseIterable {
  case float32
  /// 11 significant bits: half the bytes.
  case float16
  /// A whole number from -127 to 127 per scalar and a factor per row: about a quarter of the bytes.
  /// Tensors of fewer than two rows or 64 scalars stay float16.
  case int8
}

extension StoredPrecision {
  /// Behind the name of a tensor of whole numbers stand the factors of its rows.
  static let factors = ":factors"

  private static let leastScalars = 64

  /// Whether a tensor is held in whole numbers.
  func isWhole(_ tensor: StoredTensor) -> Bool {
    self == .int8 && tensor.shape.count == 2 && tensor.shape[0] > 1
      && tensor.scalars.count >= Self.leastScalars
  }

  /// The tensor in whole numbers; nil where it is held otherwise.
  package func wholeRows(_ tensor: StoredTensor) -> WholeRows? {
    isWhole(tensor) ? WholeRows(tensor) : nil
  }

  /// The tensor as a file gives it back: rounded.
  package func rounded(_ tensor: StoredTensor) -> StoredTensor {
    guard self != .float32 else { return tensor }
    var rounded = tensor
    if isWhole(tensor) {
      let rows = WholeRows(tensor)
      rounded.scalars = rows.scalars
    } else {
      rounded.scalars = tensor.scalars.map { Float(Float16($0)) }
    }
    return rounded
  }
}

/// A matrix in whole numbers and a factor per row.
package struct WholeRows: Sendable {
  package let whole: [Int8]
  package let factors: [Float]
  let columns: Int

  init(_ tensor: StoredTensor) {
    let columns = tensor.shape[1]
    var whole: [Int8] = []
    var factors: [Float] = []
    whole.reserveCapacity(tensor.scalars.count)
    for row in 0..<tensor.shape[0] {
      let own = tensor.scalars[row * columns..<(row + 1) * columns]
      let largest = own.reduce(0) { max($0, abs($1)) }
      let factor = largest > 0 ? largest / 127 : 1
      factors.append(factor)
      for scalar in own { whole.append(Int8(max(-127, min(127, (scalar / factor).rounded())))) }
    }
    (self.whole, self.factors, self.columns) = (whole, factors, columns)
  }

  var scalars: [Float] {
    whole.enumerated().map { Float($1) * factors[$0 / columns] }
  }
}
