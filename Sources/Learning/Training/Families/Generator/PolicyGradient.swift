import Autodiff
import EvaluatorModel
package import Features
package import GeneratorModel
package import Networks
import Objectives
import RandomStreams
package import Tensors

/// One step of REINFORCE (Williams 1992) against the frozen evaluators and the rule utilities.
///
/// Per request one w and K lists from one encoding:
/// `loss = -mean_k A_k log pi_w(L_k) - beta * entropy + kl * KL(pi_w, reference)`, with the advantage
/// A from `Advantages`; each pick pays for its own log-ratio to the reference. With `searched_lists` the
/// lists that a search finds are imitated beside that.
package struct PolicyGradient: Sendable {
  let generator: Generator
  let utilities: UtilityModel
  package var settings: GeneratorTraining
  let seed: UInt64
  /// The running scale that advantages are divided by.
  let scale: Float

  package init(
    generator: Generator, utilities: UtilityModel, settings: GeneratorTraining, seed: UInt64,
    scale: Float
  ) {
    self.generator = generator
    self.utilities = utilities
    self.settings = settings
    self.seed = seed
    self.scale = scale
  }

  /// What a step gives beside its gradients; sums over requests.
  package struct Sums: Sendable {
    package var reward = 0.0
    package var loggedReward = 0.0
    package var betterThanLogged = 0.0
    /// Entropy per step of a list.
    package var entropy = 0.0
    /// Squares of advantages before scaling.
    package var squares = 0.0
    package var requests = 0.0

    static func + (a: Sums, b: Sums) -> Sums {
      Sums(
        reward: a.reward + b.reward, loggedReward: a.loggedReward + b.loggedReward,
        betterThanLogged: a.betterThanLogged + b.betterThanLogged, entropy: a.entropy + b.entropy,
        squares: a.squares + b.squares, requests: a.requests + b.requests)
    }
  }

  /// Gradients and figures of one step over all sessions of the batch.
  package func step(
    _ sessions: [EncodedSession], step: Int, shards: Int, workers: Workers
  ) -> (gradients: ParameterGradients, sums: Sums) {
    let parts = Shards.ranges(sessions.count, shards)
    let results = workers.map(parts.count) { part in
      self.shard(
        Array(sessions[parts[part]]), of: sessions.count, step: step,
        first: parts[part].lowerBound)
    }
    return (
      ParameterGradients.sum(results.map(\.0), workers: workers),
      results.map(\.1).reduce(Sums(), +)
    )
  }

  private func shard(
    _ sessions: [EncodedSession], of total: Int, step: Int, first: Int
  ) -> (ParameterGradients, Sums) {
    let k = settings.lists
    let batch = RequestBatch(
      sessions.requestsWithUnknowns(
        rate: settings.unknownRate, seed: seed, step: step, first: first))
    let weights = self.weights(sessions.count, step: step, first: first)
    let lengths = sessions.map(\.shown.count)
    let tape = Tape(parameters: generator.parameters.values)
    let theta = generator.finalLayers(weights, on: tape)
    var reference: [[Float]] = []
    let (lists, steps) = generator.decode(
      batch, theta: theta, lengths: lengths, lists: k,
      policy: .sample(seed: seed, step: UInt64(step), firstRequest: first), on: tape,
      referenceLogs: generator.reference == nil ? nil : { reference.append($0) })

    let logged = sessions.map { $0.shown.map { Int($0) } }
    let compared = settings.baseline == .greedy ? greedy(batch, weights, lengths) : logged
    // A utility with a gate pays nothing while the lists hold its share.
    let paid = utilities.objectives.gated(
      weights, lists: lists, requests: lists.indices.map { $0 / k }, columns: batch.columns)
    let advantages = Advantages(
      batch, weights: paid, lists: lists, logged: logged, compared: compared,
      utilities: utilities, settings: settings)

    let share = 1 / Float(total * k)
    var loss: Variable?
    var sums = advantages.sums
    for (t, variable) in steps.enumerated() {
      var coefficients = [Float](repeating: 0, count: 2 * lists.count)
      let drift =
        reference.isEmpty
        ? nil
        : self.drift(lists.indices.map { tape.value(variable)[$0, 0] - reference[t][$0] }, of: k)
      for row in lists.indices where t < lists[row].count {
        let advantage = advantages.values[row][t] / scale - settings.kl * (drift?[row] ?? 0)
        coefficients[2 * row] = -share * advantage
        coefficients[2 * row + 1] = -share * settings.entropy
        sums.entropy +=
          Double(tape.value(variable)[row, 1]) / Double(k * lists[row].count)
      }
      let term = tape.weightedSum(variable, weights: coefficients)
      loss = loss.map { tape.add($0, term) } ?? term
    }
    let better = searched(
      batch, weights: paid, lists: lists, rewards: advantages.rewards, step: step, first: first)
    if better.contains(where: { $0 != nil }) {
      let imitation = generator.imitationLoss(
        better, batch, theta: theta, weight: settings.searchWeight, total: total, on: tape)
      loss = loss.map { tape.add($0, imitation) } ?? imitation
    }
    guard let loss else { preconditionFailure("a batch has at least one list with a slot") }
    let gradients = ParameterGradients(
      tape.gradients(of: loss), parameters: generator.parameters.values.count)
    return (gradients, sums)
  }

  /// Log-ratios to the reference less the mean of the request's other lists.
  private func drift(_ ratios: [Float], of k: Int) -> [Float] {
    guard k > 1 else { return ratios }
    return ratios.indices.map { row in
      let first = row / k * k
      let others = ratios[first..<first + k].reduce(0, +) - ratios[row]
      return ratios[row] - others / Float(k - 1)
    }
  }

  /// w of each request of a shard.
  private func weights(_ count: Int, step: Int, first: Int) -> [[Float]] {
    (0..<count).map { b in
      var stream = RandomStream(
        seed: seed, "generator.weights", step: UInt64(step), request: UInt64(first + b))
      return settings.weights.sample(count: generator.objectives.count, using: &stream)
    }
  }

  private func greedy(
    _ batch: RequestBatch, _ weights: [[Float]], _ lengths: [Int]
  ) -> [[Int]] {
    let tape = Tape(parameters: generator.parameters.values, recording: false)
    let theta = generator.finalLayers(weights, on: tape)
    return generator.decode(
      batch, theta: theta, lengths: lengths, lists: 1, policy: .greedy, on: tape
    ).lists
  }
}

extension [EncodedSession] {
  /// The requests, some of their categories turned into unknown ones.
  func requestsWithUnknowns(
    rate: Double, seed: UInt64, step: Int, first: Int
  ) -> [EncodedRequest] {
    indices.map { b in
      var request = self[b].request
      var stream = RandomStream(
        seed: seed, "generator.unknown", step: UInt64(step), request: UInt64(first + b))
      FittedSchema.dropToOutOfVocabulary(&request, rate: rate, using: &stream)
      return request
    }
  }
}
