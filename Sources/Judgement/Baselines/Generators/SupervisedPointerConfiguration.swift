package import ConfigurationFields
package import GeneratorModel
package import Objectives
package import PointwiseModel

/// Sizes and fitting of the supervised pointer.
package struct SupervisedPointerConfiguration: Configurable {
  package var generator = GeneratorConfiguration()
  package var weights = WeightSampling()
  package var fitting = FittingConfiguration()

  package init() {
    fitting.batch = 64
    fitting.steps = 600
    fitting.learningRate = 3e-3
    fitting.decay = 0
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init("generator", \.generator, "The generator's own sizes."),
    .init("weights", \.weights, "The law of w, one draw per request and step."),
    .init("fitting", \.fitting, "How the baseline is fitted."),
  ]

  /// Every fault of the values, worded for the user; empty when there is none.
  package func validate() -> [String] { faults().map(\.description) }
}
