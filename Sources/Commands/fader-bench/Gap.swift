import ArgumentParser
import Autodiff
import Checkpoints
import DataSources
import EvaluatorModel
import Features
import GeneratorModel
import ListPolicy
import ListSearch
import Networks
import Objectives
import RandomStreams
import Sessions
import Tensors
import Training

/// What a generator leaves of what its own evaluators would give, and whether it could do better.
struct Gap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a generator attains in its evaluators' eyes, and where the rest is.",
    discussion: """
      For each held-out request and weighting the list is compared with the best that a search \
      finds: as it is, after a search among its own items only (order), after one climb, and by \
      kind of weighting. --overfit trains the generator on nothing but these best lists and says \
      what it then attains on the same requests: below 1 its form cannot express them.
      """)

  @Option(help: "Folder of a checkpoint.") var checkpoint: String
  @Option(help: "Held-out requests.") var requests = 16
  @Option(help: "Lists that the search may score for each request and weighting.") var budget = 3000
  @Option(help: "Steps of imitating the best lists before looking again.") var overfit = 0
  @Option(help: "Learning rate of these steps.") var rate = 0.002
  @Option(help: "Threads.") var workers = 2

  func run() throws {
    let reader = try CheckpointReader(path: checkpoint)
    let schema = try reader.section("schema", as: FittedSchema.self)
    let objectives = try reader.section("objectives", as: ObjectiveSet.self)
    let model = try Generator(reader, layout: schema.layout, objectives: objectives)
    let evaluators = try EvaluatorEnsemble(reader, layout: schema.layout)
    let source = try SessionSource(try reader.section("data", as: DataConfiguration.self))
    let sessions = try source.sessions(of: .test, limit: requests).map { schema.encode($0) }
    let measurement = GapMeasurement(
      sessions: sessions, probes: Probes.standard(count: objectives.count),
      utilities: UtilityModel(evaluators: evaluators, objectives: objectives), budget: budget,
      workers: Workers(workers))
    let best = measurement.best(model)
    measurement.show("trained", model, best, climbs: true)
    if overfit > 0 {
      measurement.show(
        "overfitted", measurement.overfitted(model, to: best, steps: overfit, rate: rate), best,
        climbs: false)
    }
  }
}

struct GapMeasurement {
  let sessions: [EncodedSession]
  let probes: [[Float]]
  let utilities: UtilityModel
  let budget: Int
  let workers: Workers

  func rewards(_ b: Int, _ p: Int, _ lists: [[Int]]) -> [Double] {
    utilities.utilities(
      RequestBatch([sessions[b].request]), ListBatch(requests: lists.map { _ in 0 }, lists: lists)
    ).map { Double(utilities.objectives.reward($0, weights: probes[p])) }
  }

  func lists(_ model: Generator) -> [[[Int]]] {
    workers.map(sessions.count) { b in
      probes.map { w in
        model.lists(
          RequestBatch([sessions[b].request]), weights: [model.prepare(w)],
          lengths: [sessions[b].shown.count], constraints: nil)[0].items
      }
    }
  }

  /// The best lists that a search from the model's own finds, `[request][probe]`.
  func best(_ model: Generator) -> [[[Int]]] {
    let own = lists(model)
    return workers.map(sessions.count) { b in
      var found: [[Int]] = []
      return probes.indices.map { p in
        let best = LocalSearch(
          budget: budget, chunk: 64, randomStarts: 1, kicks: 64, kickSteps: 3
        ).best(
          candidates: sessions[b].request.candidateCount, length: own[b][p].count,
          starts: [own[b][p]] + found.suffix(3), seed: 1, request: UInt64(b)
        ) { rewards(b, p, $0) }.best.items
        if !found.contains(best) { found.append(best) }
        return best
      }
    }
  }

  func show(_ name: String, _ model: Generator, _ best: [[[Int]]], climbs: Bool) {
    let own = lists(model)
    var columns: [(String, [[[Int]]])] = [("list", own)]
    if climbs {
      columns.append(("order", climbed(own, budget: budget, onlyOrder: true)))
      for (budget, chunk) in [(64, 16), (64, 8), (128, 16), (256, 8), (256, 16), (256, 32), (512, 16)] {
        columns.append(("climb \(budget)/\(chunk)", climbed(own, budget: budget, chunk: chunk, onlyOrder: false)))
      }
    }
    print(name, columns.map(\.0).joined(separator: "  "), "  same items as the best")
    var total = [Double](repeating: 0, count: columns.count)
    for p in probes.indices {
      var gained = total.map { _ in 0.0 }
      var possible = 0.0
      var same = 0.0
      for b in sessions.indices {
        let logged = sessions[b].shown.map { Int($0) }
        let seen = rewards(b, p, [logged, best[b][p]] + columns.map { $0.1[b][p] })
        possible += seen[1] - seen[0]
        for c in columns.indices { gained[c] += seen[2 + c] - seen[0] }
        same +=
          Double(Set(own[b][p]).intersection(best[b][p]).count) / Double(own[b][p].count)
          / Double(sessions.count)
      }
      let shares = gained.map { $0 / possible }
      for c in shares.indices { total[c] += shares[c] / Double(probes.count) }
      let w = probes[p].map { "\(Double(Int($0 * 100)) / 100)" }.joined(separator: " ")
      print(
        "  \(w): " + shares.map { significant($0) }.joined(separator: "  "), "  ",
        significant(same))
    }
    print("  mean: " + total.map { significant($0) }.joined(separator: "  "))
  }

  func climbed(_ own: [[[Int]]], budget: Int, chunk: Int = 16, onlyOrder: Bool) -> [[[Int]]] {
    workers.map(sessions.count) { b in
      probes.indices.map { p in
        LocalSearch.climb(budget: budget, chunk: chunk).best(
          candidates: sessions[b].request.candidateCount, length: own[b][p].count,
          pool: onlyOrder ? own[b][p].sorted() : nil, starts: [own[b][p]], seed: 1,
          request: UInt64(b)
        ) { rewards(b, p, $0) }.best.items
      }
    }
  }

  func overfitted(
    _ model: Generator, to best: [[[Int]]], steps: Int, rate: Double
  ) -> Generator {
    var model = model
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    let pairs = sessions.indices.flatMap { b in probes.indices.map { (b, $0) } }
    let schedule = LearningRate(peak: rate, warmup: 20, floor: 0.05)
    for step in 0..<steps {
      var stream = RandomStream(seed: 1, "overfit", step: UInt64(step))
      let order = stream.permutation(pairs.count).prefix(64).map { pairs[$0] }
      let parts = Shards.ranges(order.count, 4)
      let results = workers.map(parts.count) { [model] part -> (ParameterGradients, Double) in
        let own = Array(order[parts[part]])
        let tape = Tape(parameters: model.parameters.values)
        let loss = model.imitationLoss(
          own.map { best[$0.0][$0.1] }, RequestBatch(own.map { sessions[$0.0].request }),
          theta: model.finalLayers(own.map { probes[$0.1] }, on: tape), total: order.count, on: tape)
        return (
          ParameterGradients(
            tape.gradients(of: loss), parameters: model.parameters.values.count),
          Double(tape.value(loss).scalars[0])
        )
      }
      adam.update(
        &model.parameters, ParameterGradients.sum(results.map(\.0), workers: workers),
        rate: schedule.rate(step: step, of: steps), workers: workers)
      if step % 50 == 0 { print("  step \(step), loss \(significant(results.reduce(0) { $0 + $1.1 }))") }
    }
    return model
  }
}
