/// A dense row-major matrix of Floats; a vector is a matrix of one row.
///
/// A value: copies share storage until one of them is written. Rows that belong to requests of
/// different sizes stand below each other without padding, so two dimensions are all there are.
package struct Matrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// Row-major, `rows * columns` numbers.
  package var scalars: [Float]

  package init(rows: Int, columns: Int, scalars: [Float]) {
    precondition(
      scalars.count == rows * columns,
      "a [\(rows), \(columns)] matrix needs \(rows * columns) scalars, got \(scalars.count)")
    self.rows = rows
    self.columns = columns
    self.scalars = scalars
  }

  package init(rows: Int, columns: Int, repeating value: Float = 0) {
    precondition(rows >= 0 && columns >= 0, "negative shape [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    scalars = [Float](repeating: value, count: rows * columns)
  }

  /// A matrix whose scalars are whatever the memory held; for kernels that write every one.
  package init(uninitialisedRows rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    let count = rows * columns
    scalars = [Float](unsafeUninitializedCapacity: count) { _, initialised in initialised = count }
  }

  package subscript(row: Int, column: Int) -> Float {
    get { scalars[row * columns + column] }
    set { scalars[row * columns + column] = newValue }
  }

  /// The scalars of one row.
  package func row(_ index: Int) -> ArraySlice<Float> {
    scalars[index * columns..<(index + 1) * columns]
  }

  /// The same scalars under another shape of the same size.
  package func reshaped(rows: Int, columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, scalars: scalars)
  }

  package func hasShape(of other: Matrix) -> Bool {
    rows == other.rows && columns == other.columns
  }
}
