import Autodiff
import Baselines
import Features
import Networks
import PointwiseModel
import Tensors
import TinyModels
import Training

/// The loss of a model that can be fitted, and a check of its gradients.
struct GradientOfLoss {
  let model: any Fittable

  init(_ model: any Fittable) {
    self.model = model
  }

  func loss(_ part: FittingPart) -> Float {
    let tape = Tape(parameters: model.parameters.values, recording: false)
    return tape.value(model.loss(part, on: tape)).scalars[0]
  }

  /// - Parameter hinges: biases in front of ReLUs.
  func check(
    _ part: FittingPart, hinges: [String], smooth: [String] = []
  ) -> ParameterGradientCheck {
    var parameters = model.parameters
    parameters.hinge(hinges, scale: 0.6, smooth: ["item.", "user."] + smooth)
    return ParameterGradientCheck(parameters) { tape in model.loss(part, on: tape) }
  }
}
