import ConfigurationFields
import GeneratorModel
import Objectives
import PointwiseModel

/// Sizes and fitting of the supervised pointer.
public struct SupervisedPointerConfiguration: Configurable {
  public var generator = GeneratorConfiguration()
  public var weights = WeightSampling()
  public var fitting = FittingConfiguration()

  public init() {
    fitting.batch = 64
    fitting.steps = 600
    fitting.learningRate = 3e-3
    fitting.decay = 0
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init("generator", \.generator, "The generator's own sizes."),
    .init("weights", \.weights, "The law of w, one draw per request and step."),
    .init("fitting", \.fitting, "How the baseline is fitted."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] { faults().map(\.description) }
}
