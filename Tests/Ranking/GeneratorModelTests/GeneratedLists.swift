import Autodiff
import Features
import GeneratorModel
import ListPolicy
import Networks
import Tensors
import TinyModels

let seeds = 1...5 as ClosedRange<UInt64>

extension Generator {
  /// One list per request under its w.
  func lists(
    _ requests: [EncodedRequest], weights: [[Float]], lengths: [Int],
    constraints: [DecodingConstraints]? = nil, policy: DecodingPolicy = .greedy
  ) -> [DecodedList] {
    lists(
      RequestBatch(requests), theta: weights.map { finalLayers($0) }, lengths: lengths,
      constraints: constraints, policy: policy)
  }

  /// Log-probability of each of the lists of one request.
  func logProbabilities(
    of lists: [[Int]], _ request: EncodedRequest, weights: [Float],
    constraints: DecodingConstraints = .none
  ) -> [Float] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let steps = decode(
      RequestBatch([request]), theta: finalLayers([weights], on: tape), lengths: [lists[0].count],
      lists: lists.count, constraints: [constraints], policy: .given(lists), on: tape
    ).steps
    return lists.indices.map { k in steps.reduce(0) { $0 + tape.value($1)[k, 0] } }
  }
}
