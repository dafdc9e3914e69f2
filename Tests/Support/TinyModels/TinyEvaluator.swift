import BehaviourModel
package import EvaluatorModel
import Networks
import RandomStreams
import Tensors

/// A small evaluator of short lists with a binary and a numeric head.
package func tinyEvaluator(
  seed: UInt64 = 1, slots: Int = 4, dwellUnit: Float = 5, channels: [String]? = nil,
  pointwise: Bool = false, history: Bool = false, slotLaw: SlotLaw = .additive,
  table: [any EvaluatorChannel.Type] = EvaluatorChannels.all
) -> Evaluator {
  var configuration = EvaluatorConfiguration()
  configuration.itemHidden = 6
  configuration.itemWidth = 4
  configuration.fitWidth = 2
  configuration.pointwise = pointwise
  configuration.channels = channels
  configuration.slotWidth = 2
  configuration.attentionWidth = 4
  configuration.heads = 2
  configuration.recurrentWidth = 3
  configuration.pairwiseWidth = 2
  configuration.trunk = [6, 4]
  configuration.headHidden = 6
  configuration.behaviours.width = 3
  configuration.behaviours.attention = 16
  configuration.behaviourHidden = 4
  return Evaluator(
    configuration, layout: tinyLayout(history: history),
    heads: [
      EvaluatorHead(feedback: "click", kind: .binary, slotLaw: slotLaw),
      EvaluatorHead(feedback: "dwell", kind: .number, unit: dwellUnit),
    ], slots: slots, stream: RandomStream(seed: seed, "tiny evaluator"),
    channels: table)
}

/// A tiny evaluator with pointwise terms, none of them at the zero that they start from.
package func tinyPointwiseEvaluator(
  seed: UInt64 = 3, slots: Int = 4, history: Bool = false, slotLaw: SlotLaw = .additive
) -> Evaluator {
  var evaluator = tinyEvaluator(
    seed: seed, slots: slots, pointwise: true, history: history, slotLaw: slotLaw)
  var stream = RandomStream(seed: seed, "tiny pointwise evaluator")
  for i in evaluator.parameters.values.indices
  where evaluator.parameters.values[i].scalars.allSatisfy({ $0 == 0 }) {
    for j in evaluator.parameters.values[i].scalars.indices {
      evaluator.parameters.values[i].scalars[j] = Float(stream.normal()) * 0.3
    }
  }
  return evaluator
}
