package import EvaluatorModel
import RandomStreams

/// A small evaluator of short lists with a binary and a numeric head.
package func tinyEvaluator(
  seed: UInt64 = 1, slots: Int = 4, dwellUnit: Float = 5, channels: [String]? = nil,
  pointwise: Bool = false,
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
  return Evaluator(
    configuration, layout: tinyLayout(),
    heads: [
      EvaluatorHead(feedback: "click", kind: .binary),
      EvaluatorHead(feedback: "dwell", kind: .number, unit: dwellUnit),
    ], slots: slots, stream: RandomStream(seed: seed, "tiny evaluator"),
    channels: table)
}
