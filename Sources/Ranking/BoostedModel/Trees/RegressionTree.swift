/// Questions about one feature each, and a number at the end of them.
struct RegressionTree: Sendable, Equatable {
  struct Node: Sendable, Equatable {
    /// -1 for a leaf.
    var feature: Int32 = -1
    /// Left where the feature's bin is no higher, which is where its value is at most `threshold`.
    var bin: UInt8 = 0
    var threshold: Float = 0
    /// The left child; the right one follows it.
    var left: Int32 = -1
    /// Of a leaf.
    var value: Float = 0
  }

  /// The root first.
  var nodes: [Node]

  /// - Parameter first: where the row begins in `scalars`.
  func value(_ scalars: [Float], first: Int) -> Float {
    var node = nodes[0]
    while node.feature >= 0 {
      let goesLeft = scalars[first + Int(node.feature)] <= node.threshold
      node = nodes[Int(node.left) + (goesLeft ? 0 : 1)]
    }
    return node.value
  }

  /// The same from bins: `[feature][row]`.
  func value(_ columns: [[UInt8]], row: Int) -> Float {
    var node = nodes[0]
    while node.feature >= 0 {
      let goesLeft = columns[Int(node.feature)][row] <= node.bin
      node = nodes[Int(node.left) + (goesLeft ? 0 : 1)]
    }
    return node.value
  }
}
