import GeneratorModel
import ListPolicy
import OfflineEvaluation
import Training

extension SeedEvaluation {
  /// One generator per grid weight, trained on from Fader's at that weight alone; nil where Fader is of
  /// another family.
  func specialists(
    of fader: any ListPolicy, logged: EvaluationAccumulator
  ) throws -> (value: Envelope, row: SeedFigures)? {
    guard let fader = fader as? Generator else { return nil }
    let refinement = run.refinement(referees)
    let rate = run.configuration.training.generator.learningRate / 3
    let methods = try grid.enumerated().map { place, probe in
      if place % 7 == 0 {
        run.note("seed \(run.seed): specialist \(place + 1) of \(grid.count)")
      }
      let w = probes.weights[probe]
      return PolicyLists(
        try refinement.refined(
          fader, weights: w, steps: run.options.specialistSteps, rate: rate), weights: [w])
    }
    let method = SpecialistLists(
      specialists: Dictionary(
        zip(grid.map { probes.weights[$0] }, methods)
      ) { first, _ in first })
    let evaluation = MethodEvaluation(referees: referees, probes: probes)
    let own = evaluation.accumulate(
      [(method, grid)], sessions: sessions, workers: run.workers)[0]
    let first = Array(sessions.prefix(attainable?.best.count ?? 0))
    let searched = evaluation.accumulate(
      [(method, grid)], sessions: first, workers: run.workers)[0]
    let envelope = Envelope(
      weights: grid.map { probes.weights[$0] },
      specialists: grid.compactMap { own.best($0)?.utilities },
      logged: logged.best(grid[0])?.utilitiesLogged ?? [])
    let entry = MethodEntry(
      name: "specialists", about: "one generator per w", steered: true, method: method)
    var row = row(entry, own, on: searched)
    row[.spearman] = nil
    add(envelope, own, to: &row)
    return (envelope, row)
  }
}

/// At each of its weights the generator that was trained for it.
private struct SpecialistLists: ListMethod {
  let specialists: [[Float]: PolicyLists]

  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    // Only the time measurement asks for others; any specialist takes the same.
    let own = specialists[weights] ?? specialists.first?.value
    return own?.lists(for: requests, weights: weights) ?? requests.logged
  }
}
