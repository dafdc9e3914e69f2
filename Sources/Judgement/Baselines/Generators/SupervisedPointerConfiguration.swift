import GeneratorModel
import Objectives
import PointwiseModel

/// Sizes and fitting of the supervised pointer.
public struct SupervisedPointerConfiguration: Codable, Sendable, Equatable {
  /// The generator's own sizes.
  public var generator = GeneratorConfiguration()
  /// The law of w, one draw per request and step.
  public var weights = WeightSampling()
  public var fitting = FittingConfiguration()

  public init() {
    fitting.batch = 64
    fitting.steps = 600
    fitting.learningRate = 3e-3
    fitting.decay = 0
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    generator =
      try keys.decodeIfPresent(GeneratorConfiguration.self, forKey: .generator)
      ?? generator
    weights = try keys.decodeIfPresent(WeightSampling.self, forKey: .weights) ?? weights
    fitting = try keys.decodeIfPresent(FittingConfiguration.self, forKey: .fitting) ?? fitting
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    generator.validate() + weights.validate().map { "weights: \($0)" } + fitting.validate()
  }
}
