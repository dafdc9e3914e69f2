import Autodiff
import EvaluatorModel
import Features
import GeneratorModel
import ListPolicy
import ListSearch
import Networks
import Objectives
import RandomStreams
import Tensors
import Training

/// Lists of a generator beside the best there are, all in the eyes of its evaluators; lists are
/// `[request][probe]`.
struct GapMeasurement {
  let sessions: [EncodedSession]
  let probes: [[Float]]
  let utilities: UtilityModel
  /// Lists that a search may score for each request and probe.
  let budget: Int
  let workers: Workers

  func lists(_ model: Generator) -> [[[Int]]] {
    let prepared = probes.map { model.prepare($0) }
    return workers.map(sessions.count) { b in
      prepared.map { w in
        model.lists(
          RequestBatch([sessions[b].request]), weights: [w], lengths: [sessions[b].shown.count],
          constraints: nil)[0].items
      }
    }
  }

  /// What is compared: the lists, the best orders of their items, and what climbs make of them.
  func columns(of model: Generator) -> [(name: String, lists: [[[Int]]])] {
    let own = lists(model)
    return [("list", own), ("order", climbed(own, budget: budget, onlyOrder: true))]
      + [64, 128, 256, 1024].map { ("climb \($0)", climbed(own, budget: $0, onlyOrder: false)) }
  }

  /// The best lists that a search from the model's own finds.
  func best(_ model: Generator) -> [[[Int]]] {
    let own = lists(model)
    let search = LocalSearch(budget: budget, chunk: 64, randomStarts: 1, kicks: 64, kickSteps: 3)
    return workers.map(sessions.count) { b in
      var found: [[Int]] = []
      return probes.indices.map { p in
        let best = search.best(
          candidates: sessions[b].request.candidateCount, length: own[b][p].count,
          starts: [own[b][p]] + found.suffix(3), seed: 1, request: UInt64(b)
        ) { rewards(b, p, $0) }.best.items
        if !found.contains(best) { found.append(best) }
        return best
      }
    }
  }

  /// Gains over the logged lists as shares of the best lists', `[probe][column]`.
  func shares(of columns: [[[[Int]]]], _ best: [[[Int]]]) -> [[Double]] {
    probes.indices.map { p in
      var gained = columns.map { _ in 0.0 }
      var possible = 0.0
      for b in sessions.indices {
        let logged = sessions[b].shown.map { Int($0) }
        let seen = rewards(b, p, [logged, best[b][p]] + columns.map { $0[b][p] })
        possible += seen[1] - seen[0]
        for c in columns.indices { gained[c] += seen[2 + c] - seen[0] }
      }
      return gained.map { $0 / possible }
    }
  }

  /// The model after some steps of imitating these lists and nothing else.
  func overfitted(
    _ model: Generator, to best: [[[Int]]], steps: Int, rate: Double
  ) -> Generator {
    var model = model
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    let pairs = sessions.indices.flatMap { b in probes.indices.map { (b, $0) } }
    let schedule = LearningRate(peak: rate, warmup: 20, floor: 0.05)
    for step in 0..<steps {
      var stream = RandomStream(seed: 1, "gap.overfit", step: UInt64(step))
      let order = stream.permutation(pairs.count).prefix(64).map { pairs[$0] }
      let parts = Shards.ranges(order.count, 4)
      let gradients = workers.map(parts.count) { [model] part in
        let own = Array(order[parts[part]])
        let tape = Tape(parameters: model.parameters.values)
        let loss = model.imitationLoss(
          own.map { best[$0.0][$0.1] }, RequestBatch(own.map { sessions[$0.0].request }),
          theta: model.finalLayers(own.map { probes[$0.1] }, on: tape), total: order.count,
          on: tape)
        return ParameterGradients(
          tape.gradients(of: loss), parameters: model.parameters.values.count)
      }
      adam.update(
        &model.parameters, ParameterGradients.sum(gradients, workers: workers),
        rate: schedule.rate(step: step, of: steps), workers: workers)
    }
    return model
  }

  private func climbed(
    _ own: [[[Int]]], budget: Int, onlyOrder: Bool
  ) -> [[[Int]]] {
    workers.map(sessions.count) { b in
      probes.indices.map { p in
        LocalSearch.climb(budget: budget).best(
          candidates: sessions[b].request.candidateCount, length: own[b][p].count,
          pool: onlyOrder ? own[b][p].sorted() : nil, starts: [own[b][p]], seed: 1,
          request: UInt64(b)
        ) { rewards(b, p, $0) }.best.items
      }
    }
  }

  private func rewards(_ b: Int, _ p: Int, _ lists: [[Int]]) -> [Double] {
    utilities.utilities(
      RequestBatch([sessions[b].request]), ListBatch(requests: lists.map { _ in 0 }, lists: lists)
    ).map { Double(utilities.objectives.reward($0, weights: probes[p])) }
  }
}
