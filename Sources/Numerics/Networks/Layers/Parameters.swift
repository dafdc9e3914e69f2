package import Autodiff
package import RandomStreams
package import Tensors

/// Where a parameter lies in its `Parameters`.
package struct ParameterID: Sendable, Hashable {
  package let position: Int
}

/// The learned numbers of a model, by name, in the order in which its layers were made.
package struct Parameters: Sendable {
  package private(set) var names: [String] = []
  package var values: [Matrix] = []
  /// Whether the parameter is an embedding table, of which a step touches only some rows.
  package private(set) var isTable: [Bool] = []

  package init() {}

  package mutating func add(_ name: String, _ value: Matrix, isTable: Bool = false) -> ParameterID {
    precondition(!names.contains(name), "parameter '\(name)' exists already")
    names.append(name)
    values.append(value)
    self.isTable.append(isTable)
    return ParameterID(position: values.count - 1)
  }

  package subscript(id: ParameterID) -> Matrix { values[id.position] }

  /// How many numbers there are in all.
  package var scalarCount: Int { values.reduce(0) { $0 + $1.scalars.count } }
}

/// Draws initial values and names parameters while a model is built.
package struct ParameterBuilder: ~Copyable {
  package private(set) var parameters = Parameters()
  private var stream: RandomStream
  private var path: [String] = []

  package init(stream: RandomStream) { self.stream = stream }

  /// Runs `body` with `name` put before the names of all parameters made in it.
  package mutating func scope<Result>(
    _ name: String, _ body: (inout ParameterBuilder) -> Result
  ) -> Result {
    path.append(name)
    defer { path.removeLast() }
    return body(&self)
  }

  /// A parameter of constant value.
  package mutating func constant(
    _ name: String, rows: Int, columns: Int, value: Float = 0
  ) -> ParameterID {
    add(name, Matrix(rows: rows, columns: columns, repeating: value))
  }

  /// A parameter whose start value is given.
  package mutating func matrix(_ name: String, _ value: Matrix) -> ParameterID { add(name, value) }

  /// A parameter drawn uniformly from +-bound.
  package mutating func uniform(
    _ name: String, rows: Int, columns: Int, bound: Double
  ) -> ParameterID {
    let scalars = (0..<rows * columns).map { _ in Float((2 * stream.uniform() - 1) * bound) }
    return add(name, Matrix(rows: rows, columns: columns, scalars: scalars))
  }

  /// A parameter drawn from a normal distribution around 0.
  package mutating func normal(
    _ name: String, rows: Int, columns: Int, deviation: Double, isTable: Bool = false
  ) -> ParameterID {
    let scalars = (0..<rows * columns).map { _ in Float(stream.normal() * deviation) }
    return add(name, Matrix(rows: rows, columns: columns, scalars: scalars), isTable: isTable)
  }

  private mutating func add(_ name: String, _ value: Matrix, isTable: Bool = false) -> ParameterID {
    parameters.add((path + [name]).joined(separator: "."), value, isTable: isTable)
  }
}

extension Tape {
  package func parameter(_ id: ParameterID) -> Variable { parameter(id.position) }
}
