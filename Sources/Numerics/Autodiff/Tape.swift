package import Tensors

/// A value on a tape.
package struct Variable: Sendable, Hashable {
  let index: Int
}

/// Records operations as they run, and runs their pullbacks backwards.
///
/// A tape belongs to one shard of one step and to one thread. With `recording` off nothing is kept
/// but the values: the serving path and the drawing of lists run the same code that training does.
package final class Tape {
  /// Adds to the gradients of an operation's inputs, given the gradient of its output.
  typealias Pullback = (_ gradient: Matrix, _ gradients: inout Gradients) -> Void

  private struct Node {
    var value: Matrix
    var pullback: Pullback?
    var needsGradient: Bool
  }

  package let recording: Bool
  private let parameters: [Matrix]
  /// Where on the tape each parameter stands, -1 where it has not been used.
  private var parameterPlaces: [Int]
  private var nodes: [Node] = []

  /// - Parameter parameters: the values that `parameter(_:)` hands out by position.
  package init(parameters: [Matrix] = [], recording: Bool = true) {
    self.parameters = parameters
    self.recording = recording
    parameterPlaces = [Int](repeating: -1, count: parameters.count)
    // A request takes about as many; more would be moved as they grow.
    nodes.reserveCapacity(256)
  }

  /// Data: no gradient flows into it.
  package func constant(_ value: Matrix) -> Variable {
    nodes.append(Node(value: value, pullback: nil, needsGradient: false))
    return Variable(index: nodes.count - 1)
  }

  /// A value whose gradient is asked for.
  package func variable(_ value: Matrix) -> Variable {
    nodes.append(Node(value: value, pullback: nil, needsGradient: recording))
    return Variable(index: nodes.count - 1)
  }

  /// Parameter `position`, one variable however often it is used.
  package func parameter(_ position: Int) -> Variable {
    let place = parameterPlaces[position]
    if place >= 0 { return Variable(index: place) }
    let new = variable(parameters[position])
    parameterPlaces[position] = new.index
    return new
  }

  /// The stored value of parameter `position`, for operations with gradients of their own kind.
  func parameterValue(_ position: Int) -> Matrix { parameters[position] }

  package func value(_ variable: Variable) -> Matrix { nodes[variable.index].value }

  func needsGradient(_ variable: Variable) -> Bool { nodes[variable.index].needsGradient }

  /// Appends the result of an operation; the pullback is kept only when an input needs it.
  ///
  /// Operations do not get here unless the tape records: a pullback that nobody calls would cost a
  /// closure all the same.
  func record(
    _ value: Matrix, from inputs: [Variable], alwaysNeeded: Bool = false,
    pullback: @escaping Pullback
  ) -> Variable {
    let needed = recording && (alwaysNeeded || inputs.contains { needsGradient($0) })
    nodes.append(Node(value: value, pullback: needed ? pullback : nil, needsGradient: needed))
    return Variable(index: nodes.count - 1)
  }

  /// Gradients of the sum of the scalars of `output` with respect to everything it came from.
  package func gradients(of output: Variable) -> Gradients {
    precondition(recording, "this tape recorded nothing")
    var gradients = Gradients(
      shapes: nodes.map { ($0.value.rows, $0.value.columns) }, needed: nodes.map(\.needsGradient))
    let value = nodes[output.index].value
    gradients.start(
      output, with: Matrix(rows: value.rows, columns: value.columns, repeating: 1))
    for index in stride(from: output.index, through: 0, by: -1) {
      guard let pullback = nodes[index].pullback,
        let gradient = gradients.take(Variable(index: index))
      else { continue }
      pullback(gradient, &gradients)
    }
    gradients.parameterPlaces = parameterPlaces
    return gradients
  }
}
