import Autodiff
import RandomStreams
import Tensors

/// Where a parameter lies in its `Parameters`.
public struct ParameterID: Sendable, Hashable {
  public let position: Int
}

/// The learned numbers of a model, by name, in the order in which its layers were made.
public struct Parameters: Sendable {
  public private(set) var names: [String] = []
  public var values: [Matrix] = []
  /// Whether the parameter is an embedding table, of which a step touches only some rows.
  public private(set) var isTable: [Bool] = []

  public init() {}

  public mutating func add(_ name: String, _ value: Matrix, isTable: Bool = false) -> ParameterID {
    precondition(!names.contains(name), "parameter '\(name)' exists already")
    names.append(name)
    values.append(value)
    self.isTable.append(isTable)
    return ParameterID(position: values.count - 1)
  }

  public subscript(id: ParameterID) -> Matrix { values[id.position] }

  /// How many numbers there are in all.
  public var scalarCount: Int { values.reduce(0) { $0 + $1.scalars.count } }
}

/// Draws initial values and names parameters while a model is built.
public struct ParameterBuilder: ~Copyable {
  public private(set) var parameters = Parameters()
  private var stream: RandomStream
  private var path: [String] = []

  public init(stream: RandomStream) { self.stream = stream }

  /// Runs `body` with `name` put before the names of all parameters made in it.
  public mutating func scope<Result>(
    _ name: String, _ body: (inout ParameterBuilder) -> Result
  ) -> Result {
    path.append(name)
    defer { path.removeLast() }
    return body(&self)
  }

  /// A parameter of constant value.
  public mutating func constant(
    _ name: String, rows: Int, columns: Int, value: Float = 0
  ) -> ParameterID {
    add(name, Matrix(rows: rows, columns: columns, repeating: value))
  }

  /// A parameter whose start value is given.
  public mutating func matrix(_ name: String, _ value: Matrix) -> ParameterID { add(name, value) }

  /// A parameter drawn uniformly from +-bound.
  public mutating func uniform(
    _ name: String, rows: Int, columns: Int, bound: Double
  ) -> ParameterID {
    let scalars = (0..<rows * columns).map { _ in Float((2 * stream.uniform() - 1) * bound) }
    return add(name, Matrix(rows: rows, columns: columns, scalars: scalars))
  }

  /// A parameter drawn from a normal distribution around 0.
  public mutating func normal(
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
  public func parameter(_ id: ParameterID) -> Variable { parameter(id.position) }
}
