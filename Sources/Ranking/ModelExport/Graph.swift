import Checkpoints
import ProtobufMessages

/// An ONNX graph while it is built: nodes in order, constants, inputs and outputs (ONNX IR 8, operators 17).
///
/// A loop's body is a graph of its own that may use whatever the outer one has made so far.
struct Graph {
  /// What a value holds, by ONNX's numbers.
  enum Element: Int {
    case float = 1
    case int8 = 3
    case int64 = 7
    case bool = 9
    case float16 = 10
  }

  /// A value by its name.
  struct Value: Hashable, ExpressibleByStringLiteral {
    let name: String

    init(_ name: String) { self.name = name }
    init(stringLiteral name: String) { self.name = name }
  }

  enum Attribute {
    case int(Int)
    case ints([Int])
    case float(Float)
    case graph(ProtobufMessage)
  }

  private(set) var nodes: [ProtobufMessage] = []
  private var initializers: [ProtobufMessage] = []
  private var inputs: [ProtobufMessage] = []
  private var outputs: [ProtobufMessage] = []
  private var count = 0
  private let prefix: String
  private var constants: [String: Value] = [:]

  init(prefix: String = "v") { self.prefix = prefix }

  // MARK: - Values

  private mutating func fresh() -> Value {
    count += 1
    return Value("\(prefix)\(count)")
  }

  /// - Parameter shape: sizes, nil for one that a run decides.
  mutating func input(_ name: String, _ element: Element, _ shape: [Int?]) -> Value {
    inputs.append(Self.info(name, element, shape))
    return Value(name)
  }

  mutating func output(_ value: Value, named name: String, _ element: Element, _ shape: [Int?]) {
    let renamed = Value(name)
    add("Identity", [value], into: [renamed])
    outputs.append(Self.info(name, element, shape))
  }

  mutating func constant(_ scalars: [Float], _ shape: [Int]) -> Value {
    initialise(
      .float, shape,
      scalars.flatMap { ProtobufMessage.littleEndian(UInt64($0.bitPattern), width: 4) })
  }

  mutating func constant(_ scalar: Float) -> Value {
    let key = "f\(scalar.bitPattern)"
    if let known = constants[key] { return known }
    let value = constant([scalar], [])
    constants[key] = value
    return value
  }

  mutating func constant(ints: [Int], _ shape: [Int]) -> Value {
    let key = "i\(shape)\(ints)"
    if let known = constants[key] { return known }
    let value = initialise(
      .int64, shape,
      ints.flatMap { ProtobufMessage.littleEndian(UInt64(bitPattern: Int64($0)), width: 8) })
    constants[key] = value
    return value
  }

  /// A learned tensor in the given precision, as floats.
  mutating func weight(_ tensor: StoredTensor, _ precision: StoredPrecision) -> Value {
    if precision == .float32 { return constant(tensor.scalars, tensor.shape) }
    if let rows = precision.wholeRows(tensor) {
      let whole = initialise(.int8, tensor.shape, rows.whole.map { UInt8(bitPattern: $0) })
      let factors = constant(rows.factors, [rows.factors.count])
      return node("DequantizeLinear", [whole, factors], ["axis": .int(0)])
    }
    let half = initialise(
      .float16, tensor.shape,
      tensor.scalars.flatMap {
        ProtobufMessage.littleEndian(UInt64(Float16($0).bitPattern), width: 2)
      })
    return node("Cast", [half], ["to": .int(Element.float.rawValue)])
  }

  private mutating func initialise(_ element: Element, _ shape: [Int], _ bytes: [UInt8]) -> Value {
    let value = fresh()
    var tensor = ProtobufMessage()
    for size in shape { tensor.add(1, integer: size) }
    tensor.add(2, integer: element.rawValue)
    tensor.add(8, text: value.name)
    tensor.add(9, bytes: bytes)
    initializers.append(tensor)
    return value
  }

  // MARK: - Nodes

  private mutating func add(
    _ operation: String, _ inputs: [Value], _ attributes: [String: Attribute] = [:],
    into outputs: [Value]
  ) {
    var node = ProtobufMessage()
    for input in inputs { node.add(1, text: input.name) }
    for output in outputs { node.add(2, text: output.name) }
    node.add(4, text: operation)
    for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
      node.add(5, Self.message(name, attribute))
    }
    nodes.append(node)
  }

  mutating func node(
    _ operation: String, _ inputs: [Value], _ attributes: [String: Attribute] = [:]
  ) -> Value {
    let output = fresh()
    add(operation, inputs, attributes, into: [output])
    return output
  }

  /// A node with several outputs.
  mutating func nodes(
    _ operation: String, _ inputs: [Value], _ attributes: [String: Attribute] = [:], outputs: Int
  ) -> [Value] {
    let values = (0..<outputs).map { _ in fresh() }
    add(operation, inputs, attributes, into: values)
    return values
  }

  private static func message(_ name: String, _ attribute: Attribute) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, text: name)
    switch attribute {
    case .float(let value):
      message.add(2, float: value)
      message.add(20, integer: 1)
    case .int(let value):
      message.add(3, integer: value)
      message.add(20, integer: 2)
    case .graph(let graph):
      message.add(6, graph)
      message.add(20, integer: 5)
    case .ints(let values):
      for value in values { message.add(8, integer: value) }
      message.add(20, integer: 7)
    }
    return message
  }

  private static func info(_ name: String, _ element: Element, _ shape: [Int?]) -> ProtobufMessage {
    var dimensions = ProtobufMessage()
    for (axis, size) in shape.enumerated() {
      var dimension = ProtobufMessage()
      if let size {
        dimension.add(1, integer: size)
      } else {
        dimension.add(2, text: "\(name)_\(axis)")
      }
      dimensions.add(1, dimension)
    }
    var tensor = ProtobufMessage()
    tensor.add(1, integer: element.rawValue)
    tensor.add(2, dimensions)
    var type = ProtobufMessage()
    type.add(1, tensor)
    var info = ProtobufMessage()
    info.add(1, text: name)
    info.add(2, type)
    return info
  }

  // MARK: - Bytes

  func message(named name: String) -> ProtobufMessage {
    var graph = ProtobufMessage()
    for node in nodes { graph.add(1, node) }
    graph.add(2, text: name)
    for tensor in initializers { graph.add(5, tensor) }
    for input in inputs { graph.add(11, input) }
    for output in outputs { graph.add(12, output) }
    return graph
  }

  /// The file.
  func model(named name: String, metadata: [String: String]) -> [UInt8] {
    var model = ProtobufMessage()
    model.add(1, integer: 8)
    model.add(2, text: "fader")
    model.add(7, message(named: name))
    var operators = ProtobufMessage()
    operators.add(1, text: "")
    operators.add(2, integer: 17)
    model.add(8, operators)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      var entry = ProtobufMessage()
      entry.add(1, text: key)
      entry.add(2, text: value)
      model.add(14, entry)
    }
    return model.bytes
  }
}

// MARK: - Arithmetic

extension Graph {
  mutating func add(_ a: Value, _ b: Value) -> Value { node("Add", [a, b]) }
  mutating func subtract(_ a: Value, _ b: Value) -> Value { node("Sub", [a, b]) }
  mutating func multiply(_ a: Value, _ b: Value) -> Value { node("Mul", [a, b]) }
  mutating func divide(_ a: Value, _ b: Value) -> Value { node("Div", [a, b]) }
  mutating func product(_ a: Value, _ b: Value) -> Value { node("MatMul", [a, b]) }
  mutating func relu(_ x: Value) -> Value { node("Relu", [x]) }
  mutating func sigmoid(_ x: Value) -> Value { node("Sigmoid", [x]) }
  mutating func least(_ a: Value, _ b: Value) -> Value { node("Min", [a, b]) }
  mutating func largest(_ a: Value, _ b: Value) -> Value { node("Max", [a, b]) }
  mutating func choose(_ condition: Value, _ a: Value, _ b: Value) -> Value {
    node("Where", [condition, a, b])
  }
  mutating func float(_ x: Value) -> Value {
    node("Cast", [x], ["to": .int(Element.float.rawValue)])
  }
  mutating func concatenate(_ values: [Value], axis: Int) -> Value {
    values.count == 1 ? values[0] : node("Concat", values, ["axis": .int(axis)])
  }
  mutating func unsqueeze(_ x: Value, _ axes: [Int]) -> Value {
    node("Unsqueeze", [x, constant(ints: axes, [axes.count])])
  }
  mutating func squeeze(_ x: Value, _ axes: [Int]) -> Value {
    node("Squeeze", [x, constant(ints: axes, [axes.count])])
  }
  mutating func reshape(_ x: Value, _ shape: [Int]) -> Value {
    node("Reshape", [x, constant(ints: shape, [shape.count])])
  }
  mutating func sum(_ x: Value, axes: [Int], keeps: Bool = false) -> Value {
    node(
      "ReduceSum", [x, constant(ints: axes, [axes.count])], ["keepdims": .int(keeps ? 1 : 0)])
  }
  mutating func maximum(_ x: Value, axes: [Int], keeps: Bool = false) -> Value {
    node("ReduceMax", [x], ["axes": .ints(axes), "keepdims": .int(keeps ? 1 : 0)])
  }
  mutating func minimum(_ x: Value, axes: [Int], keeps: Bool = false) -> Value {
    node("ReduceMin", [x], ["axes": .ints(axes), "keepdims": .int(keeps ? 1 : 0)])
  }
  mutating func gather(_ x: Value, _ indices: Value, axis: Int) -> Value {
    node("Gather", [x, indices], ["axis": .int(axis)])
  }
  /// Entry i of an axis, without the axis.
  mutating func entry(_ x: Value, _ i: Int, axis: Int) -> Value {
    gather(x, constant(ints: [i], []), axis: axis)
  }
  mutating func slice(_ x: Value, from start: Int, to end: Int, axis: Int) -> Value {
    node(
      "Slice",
      [x, constant(ints: [start], [1]), constant(ints: [end], [1]), constant(ints: [axis], [1])])
  }
  /// Size of an axis as a number, `[]`.
  mutating func size(_ x: Value, axis: Int) -> Value {
    entry(node("Shape", [x]), axis, axis: 0)
  }
  /// `x [.., I] W [I, O] + b [1, O]`
  mutating func linear(_ x: Value, _ weight: Value, _ bias: Value? = nil) -> Value {
    let product = product(x, weight)
    return bias.map { add(product, $0) } ?? product
  }
}
