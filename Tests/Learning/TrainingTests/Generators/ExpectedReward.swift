import Autodiff
import EvaluatorModel
import Features
import Foundation
import GeneratorModel
import Networks
import Objectives
import Tensors
import TinyModels
import Training

/// The expected reward of a policy on one small request, by going through all lists.
struct ExpectedReward {
  let utilities: UtilityModel
  let request: EncodedRequest
  let length: Int
  /// The laws of w that the expectation is over, each as likely.
  let weights: [[Float]]

  private var lists: [[Int]] {
    allLists(candidates: request.candidateCount, length: length)
  }

  private func rewards(_ w: [Float]) -> [Float] {
    let all = ListBatch(requests: lists.map { _ in 0 }, lists: lists)
    return utilities.utilities(RequestBatch([request]), all).map {
      utilities.objectives.reward($0, weights: w)
    }
  }

  /// `sum_L pi(L) R(L)`.
  func value(_ generator: Generator) -> Double {
    let tape = Tape(parameters: generator.parameters.values, recording: false)
    let total = weights.reduce(0.0) { sum, w in
      let logs = logProbabilities(generator, w, on: tape)
      return zip(rewards(w), logs).reduce(sum) {
        $0 + Double($1.0) * exp(Double(tape.value($1.1).scalars[0]))
      }
    }
    return total / Double(weights.count)
  }

  /// `sum_L pi(L) R(L) grad log pi(L)`, all parameters one after the other.
  func gradient(_ generator: Generator) -> [Double] {
    let tape = Tape(parameters: generator.parameters.values)
    var terms: [Variable] = []
    for w in weights {
      for (reward, log) in zip(rewards(w), logProbabilities(generator, w, on: tape)) {
        let p = exp(tape.value(log).scalars[0])
        terms.append(tape.scale(log, by: p * reward / Float(weights.count)))
      }
    }
    let sum = terms.dropFirst().reduce(terms[0]) { tape.add($0, $1) }
    let gradients = ParameterGradients(
      tape.gradients(of: sum), parameters: generator.parameters.values.count)
    return gradients.flat(like: generator.parameters)
  }

  /// `log pi_w(L)` of every list, each `[1, 1]`.
  private func logProbabilities(
    _ generator: Generator, _ w: [Float], on tape: Tape
  ) -> [Variable] {
    let steps = generator.decode(
      RequestBatch([request]), theta: generator.finalLayers([w], on: tape), lengths: [length],
      lists: lists.count, policy: .given(lists), on: tape
    ).steps
    return lists.indices.map { k in
      let parts = steps.map { tape.columns(0..<1, of: tape.gatherRows($0, [Int32(k)])) }
      return parts.dropFirst().reduce(parts[0]) { tape.add($0, $1) }
    }
  }
}

extension ParameterGradients {
  /// All parameters one after the other.
  func flat(like parameters: Parameters) -> [Double] {
    whole(like: parameters).flatMap { $0.scalars.map(Double.init) }
  }
}
