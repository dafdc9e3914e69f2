import Networks
import Tensors

/// The small part of a screen model that is a user's own, as a difference to the shared model: of each head
/// the last layer, its bias, and a scale and shift of what the last layer sees (FiLM).
///
/// `head = (w + weight) . (h (1 + scale) + shift) + b + bias`, h the hidden layer of the head's tower.
package struct PrivateSlice: Codable, Sendable, Equatable {
  package struct Head: Codable, Sendable, Equatable {
    /// `[T]` each.
    package var weight: [Float]
    package var scale: [Float]
    package var shift: [Float]
    package var bias: Float

    package init(width: Int) {
      weight = [Float](repeating: 0, count: width)
      (scale, shift, bias) = (weight, weight, 0)
    }
  }

  /// SHA-256 of the shared model that it belongs to.
  package var base: String
  package var heads: [Head]

  package init(base: String, heads: [Head]) {
    self.base = base
    self.heads = heads
  }
}

/// A private slice that belongs to another shared model.
package struct PrivateSliceError: Error, Sendable, Equatable, CustomStringConvertible {
  package let expected: String
  package let got: String

  package var description: String {
    "private slice: expected one of the shared model \(expected.prefix(12)), got one of \(got.prefix(12)); "
      + "fit it anew from the user's events"
  }
}

extension ScreenRanker {
  /// The model of one user: the same with changed last layers, which costs nothing more to run.
  ///
  /// - Parameter base: SHA-256 of this model.
  /// - Throws: `PrivateSliceError` for a slice of another model.
  package func applying(
    _ slice: PrivateSlice, base: String
  ) throws(PrivateSliceError) -> ScreenRanker {
    guard slice.base == base, slice.heads.count == heads.count else {
      throw PrivateSliceError(expected: base, got: slice.base)
    }
    var own = self
    for (head, layer) in zip(slice.heads, lastLayers) {
      var bias = own.parameters[layer.bias].scalars[0] + head.bias
      for i in head.weight.indices {
        let weight = own.parameters[layer.weight].scalars[i] + head.weight[i]
        own.parameters.values[layer.weight.position].scalars[i] = weight * (1 + head.scale[i])
        bias += weight * head.shift[i]
      }
      own.parameters.values[layer.bias.position].scalars[0] = bias
    }
    return own
  }
}
