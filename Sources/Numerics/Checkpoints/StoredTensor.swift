/// A named dense tensor as it lies in a parameter file: row-major Float scalars.
///
/// A scalar has the empty shape `[]` and one value; a dimension of 0 means no values.
public struct StoredTensor: Sendable, Equatable {
  public var name: String
  public var shape: [Int]
  /// Row-major, as many as the product of `shape`.
  public var scalars: [Float]

  public init(name: String, shape: [Int], scalars: [Float]) {
    precondition(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == scalars.count,
      "tensor \(name) of shape \(shape) cannot hold \(scalars.count) scalars")
    self.name = name
    self.shape = shape
    self.scalars = scalars
  }
}
