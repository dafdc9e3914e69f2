/// Rows of numbers, one behind the other.
package struct FeatureRows: Sendable {
  package let width: Int
  /// `[count, width]`
  package private(set) var scalars: [Float]

  package init(width: Int, scalars: [Float] = []) {
    precondition(
      width > 0 && scalars.count.isMultiple(of: width),
      "\(scalars.count) numbers in rows of \(width)")
    self.width = width
    self.scalars = scalars
  }

  package var count: Int { scalars.count / width }
}
