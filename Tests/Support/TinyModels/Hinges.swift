package import Networks
import Tensors

extension Parameters {
  /// Puts every ReLU firmly on one side of its kink, half of them open, half of them shut, so that
  /// central differences see one smooth piece of the model.
  ///
  /// - Parameters:
  ///   - biases: names of the biases in front of ReLUs; set to `+level` and `-level` in turn.
  ///   - scale: what other parameters are multiplied by, so that the biases prevail.
  ///   - smooth: how the names of those begin that keep their values.
  package mutating func hinge(
    _ biases: [String], level: Float = 3, scale: Float = 0.5, smooth: [String] = []
  ) {
    precondition(Set(biases).isSubset(of: names), "no such parameters: \(biases)")
    for (position, name) in names.enumerated() {
      for i in values[position].scalars.indices {
        if biases.contains(name) {
          values[position].scalars[i] = i.isMultiple(of: 2) ? level : -level
        } else if !smooth.contains(where: { name.hasPrefix($0) }) {
          values[position].scalars[i] *= scale
        }
      }
    }
  }
}
