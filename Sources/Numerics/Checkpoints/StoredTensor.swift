/// A named dense tensor as it lies in a parameter file: row-major Float scalars.
///
/// A scalar has the empty shape `[]` and one value; a dimension of 0 means no values.
package struct StoredTensor: Sendable, Equatable {
  package var name: String
  package var shape: [Int]
  /// Row-major, as many as the product of `shape`.
  package var scalars: [Float]

  package init(name: String, shape: [Int], scalars: [Float]) {
    precondition(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == scalars.count,
      "tensor \(name) of shape \(shape) cannot hold \(scalars.count) scalars")
    self.name = name
    self.shape = shape
    self.scalars = scalars
  }
}
