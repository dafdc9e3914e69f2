import GeneratorModel
import Tensors

/// The greedy lists of a generator.
public struct GeneratedLists: ListMethod {
  public let generator: Generator
  /// theta(w) of the weights that will be asked for.
  private let layers: [[Float]: Matrix]

  /// - Parameter weights: those that will be asked for; others work too, at the cost of making
  ///   their final layers at every call.
  public init(_ generator: Generator, weights: [[Float]]) {
    self.generator = generator
    layers = Dictionary(weights.map { ($0, generator.finalLayers($0)) }) { first, _ in first }
  }

  public func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let theta = layers[weights] ?? generator.finalLayers(weights)
    return generator.lists(
      requests.batch, theta: requests.lengths.map { _ in theta }, lengths: requests.lengths
    ).map(\.items)
  }
}
