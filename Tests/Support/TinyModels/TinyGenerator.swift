import BehaviourModel
import Features
package import GeneratorModel
import Networks
package import Objectives
import RandomStreams
import Tensors

/// Two rules, whose local context the pointer sees, and a predicted objective.
package let tinyObjectives = ObjectiveSet(objectives: [
  Objective(name: "click", definition: .predicted(feedback: "click", .sum)),
  Objective(name: "cold", definition: .rule(.share(flag: "is_cold"))),
  Objective(name: "brands", definition: .rule(.distinct(group: "brand", window: nil))),
])

/// A small generator whose policy is far from uniform and differs clearly from w to w.
package func tinyGenerator(
  seed: UInt64 = 1, history: Bool = false, placedAttention: Int = 0
) -> Generator {
  var generator = untrainedGenerator(
    seed: seed, history: history, placedAttention: placedAttention)
  generator.multiply("theta", by: 3)
  generator.multiply("hyper.output", by: 50)
  return generator
}

package func untrainedGenerator(
  seed: UInt64 = 1, history: Bool = false, placedAttention: Int = 0
) -> Generator {
  var configuration = GeneratorConfiguration()
  configuration.itemHidden = 6
  configuration.itemWidth = 4
  configuration.fitWidth = 2
  configuration.state = 3
  configuration.attention = 16
  configuration.hyperHidden = 4
  configuration.placedAttention = placedAttention
  configuration.behaviours.width = 3
  configuration.behaviours.attention = 16
  return Generator(
    configuration, layout: tinyLayout(history: history), objectives: tinyObjectives,
    stream: RandomStream(seed: seed, "tiny generator"))
}

/// A w for each request.
package func tinyWeights(seed: UInt64, count: Int) -> [[Float]] {
  var stream = RandomStream(seed: seed, "tiny weights")
  return (0..<count).map { _ in WeightSampling().sample(count: 3, using: &stream) }
}

extension Generator {
  package mutating func multiply(_ name: String, by factor: Float) {
    guard let position = parameters.names.firstIndex(of: name) else {
      preconditionFailure("no parameter is named \(name)")
    }
    parameters.values[position].scalars = parameters.values[position].scalars.map { $0 * factor }
  }
}
