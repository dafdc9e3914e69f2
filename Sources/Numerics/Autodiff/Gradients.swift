package import Tensors

/// Gradient of an embedding table: the rows that a step used, in the order of their use.
///
/// A row may occur several times; its gradient is the sum.
package struct SparseRows: Sendable, Equatable {
  package var indices: [Int32]
  /// `[indices, dimension]`
  package var rows: Matrix

  package init(indices: [Int32], rows: Matrix) {
    precondition(indices.count == rows.rows, "\(indices.count) indices for \(rows.rows) rows")
    self.indices = indices
    self.rows = rows
  }
}

/// What a backward pass gathers.
package struct Gradients {
  private var slots: [Matrix?]
  private let shapes: [(rows: Int, columns: Int)]
  private let needed: [Bool]
  /// Where on the tape each parameter stands, -1 where it was not used.
  var parameterPlaces: [Int] = []
  /// Gradients of embedding tables, by parameter.
  package internal(set) var sparse: [Int: [SparseRows]] = [:]

  init(shapes: [(rows: Int, columns: Int)], needed: [Bool]) {
    slots = [Matrix?](repeating: nil, count: shapes.count)
    self.shapes = shapes
    self.needed = needed
  }

  func width(of variable: Variable) -> Int { shapes[variable.index].columns }

  /// The gradient so far, out of its slot; the caller adds it back.
  mutating func takeOrZeros(_ variable: Variable) -> Matrix {
    let shape = shapes[variable.index]
    return take(variable) ?? Matrix(rows: shape.rows, columns: shape.columns)
  }

  func needs(_ variable: Variable) -> Bool { needed[variable.index] }

  mutating func start(_ variable: Variable, with gradient: Matrix) {
    slots[variable.index] = gradient
  }

  mutating func take(_ variable: Variable) -> Matrix? {
    let gradient = slots[variable.index]
    slots[variable.index] = nil
    return gradient
  }

  /// Lets `body` add to the gradient of `variable`; it starts from zeros.
  mutating func add(to variable: Variable, _ body: (inout Matrix) -> Void) {
    guard needs(variable) else { return }
    let shape = shapes[variable.index]
    // Taken out of its slot, so that the body writes in place instead of into a copy.
    var gradient = take(variable) ?? Matrix(rows: shape.rows, columns: shape.columns)
    body(&gradient)
    slots[variable.index] = gradient
  }

  /// Lets `body` add a product to the gradient of `variable`, or write it where there is none yet.
  ///
  /// - Parameter isWhole: whether the product covers the whole gradient; else it starts from zeros.
  mutating func addProduct(
    to variable: Variable, isWhole: Bool = true,
    _ body: (_ gradient: inout Matrix, _ isFresh: Bool) -> Void
  ) {
    guard needs(variable) else { return }
    let shape = shapes[variable.index]
    if var gradient = take(variable) {
      body(&gradient, false)
      slots[variable.index] = gradient
    } else if isWhole {
      var gradient = Matrix(uninitialisedRows: shape.rows, columns: shape.columns)
      body(&gradient, true)
      slots[variable.index] = gradient
    } else {
      var gradient = Matrix(rows: shape.rows, columns: shape.columns)
      body(&gradient, false)
      slots[variable.index] = gradient
    }
  }

  /// Adds a gradient that is at hand as a whole.
  mutating func add(_ gradient: Matrix, to variable: Variable) {
    guard needs(variable) else { return }
    guard var sum = take(variable) else {
      slots[variable.index] = gradient
      return
    }
    Tensors.add(gradient.scalars, into: &sum.scalars)
    slots[variable.index] = sum
  }

  /// Gradient of a variable, nil where nothing flowed; intermediate results keep none.
  package subscript(variable: Variable) -> Matrix? { slots[variable.index] }

  /// Gradient of parameter `position`, nil where nothing flowed.
  package subscript(parameter position: Int) -> Matrix? {
    let place = parameterPlaces[position]
    return place >= 0 ? slots[place] : nil
  }
}
