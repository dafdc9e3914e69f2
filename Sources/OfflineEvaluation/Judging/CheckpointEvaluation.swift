import EvaluatorModel
import Features
import GeneratorModel
import Measures
import Networks
import Objectives
import RandomStreams
import Sessions
import Tensors
import Worlds

/// Judges a checkpoint on sessions it was not trained on: for every probe of w it writes a list for
/// each request and compares it with the logged one.
public struct CheckpointEvaluation: Sendable {
  /// Points of each objective's line: its own weight, the others sharing the rest.
  static let linePoints: [Float] = [0, 0.2, 0.4, 0.6, 0.8, 1]

  private let path: String
  private let modelHash: String
  private let schema: FittedSchema
  private let generator: Generator
  private let evaluators: EvaluatorEnsemble
  private let objectives: ObjectiveSet
  private let quality: EvaluatorQuality
  private let probes: [[Float]]
  /// Per objective, the probes of its line in the order of its weight.
  private let lines: [[Int]]

  public init(path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    self.path = path
    modelHash = checkpoint.modelHash
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    generator = try Generator(checkpoint, layout: schema.layout, objectives: objectives)
    evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout)
    quality = try checkpoint.section("quality", as: EvaluatorQuality.self)
    (probes, lines) = CheckpointEvaluation.probes(objectives.count)
  }

  /// The standard probes, the lines' points first.
  static func probes(_ count: Int) -> (probes: [[Float]], lines: [[Int]]) {
    var probes: [[Float]] = []
    func place(_ w: [Float]) -> Int {
      if let known = probes.firstIndex(where: { zip($0, w).allSatisfy { abs($0 - $1) < 1e-6 } }) {
        return known
      }
      probes.append(w)
      return probes.count - 1
    }
    let lines = (0..<count).map { objective in
      Probes.line(objective: objective, of: count, points: linePoints).map { place($0) }
    }
    for w in Probes.standard(count: count) { _ = place(w) }
    return (probes, lines)
  }

  /// - Parameters:
  ///   - sessions: held-out sessions; each gives one comparison per probe.
  ///   - world: the world they came from, which then tells the true gain too.
  ///   - seed: of the bootstrap.
  public func report(
    sessions: [Session], world: FeedWorld? = nil, workers: Workers, seed: UInt64,
    bootstrapSamples: Int = 1000, data: String? = nil
  ) throws -> EvaluationReport {
    if let world { for session in sessions { try world.check(session.request) } }
    try checkFeatures(of: sessions)
    var accumulator = EvaluationAccumulator(
      objectives: objectives.names, scales: objectives.objectives.map { Double($0.scale) },
      probes: probes.map { $0.map(Double.init) }, lines: lines)
    let layers = probes.map { generator.finalLayers($0) }
    let size = 16
    let pieces = (sessions.count + size - 1) / size
    let judged = workers.map(pieces) { piece in
      judge(
        Array(sessions[piece * size..<min(sessions.count, (piece + 1) * size)]), layers, world)
    }
    for comparison in judged.flatMap(\.self) { comparison.add(to: &accumulator) }
    var stream = RandomStream(seed: seed, "evaluation.bootstrap")
    let lengths = Set(sessions.map(\.shown.count))
    return accumulator.report(
      bootstrapSamples: bootstrapSamples, using: &stream,
      listLength: lengths.count == 1 ? lengths.first : nil, evaluator: quality.summary,
      provenance: Provenance(
        checkpoint: CheckpointFolder.baseName(path), modelVersion: String(modelHash.prefix(12)),
        modelHash: modelHash, seed: seed, data: data, scoredBy: "training evaluators (mean)"))
  }

  /// Refuses sessions of another log, whose lists would be judged by nothing.
  private func checkFeatures(of sessions: [Session]) throws(ForeignSessionsFault) {
    let names = schema.layout.item.numbers.map { String($0.prefix { $0 != ":" }) }
    let fields = schema.layout.item.categoricals + schema.layout.item.bags
    // The id is no feature; it is always there.
    let known = Set(names + fields.map(\.name)).subtracting(["id"])
    let seen = Set(
      sessions.prefix(100).flatMap { $0.request.candidates.flatMap(\.features.keys) })
    // Some features only some items have, so not all need be there; most must.
    guard !sessions.isEmpty, 2 * known.intersection(seen).count < known.count else { return }
    throw ForeignSessionsFault(expected: known.sorted(), got: seen.sorted())
  }

  private func judge(
    _ sessions: [Session], _ layers: [Matrix], _ world: FeedWorld?
  ) -> [Comparison] {
    let encoded = sessions.map { schema.encode($0) }
    let batch = RequestBatch(encoded.map(\.request))
    let logged = sessions.map(\.shown)
    let loggedUtilities = utilities(batch, logged)
    let trueLogged = world.map { world in
      sessions.map { truth(world, $0.request, $0.shown) }
    }
    return probes.indices.flatMap { probe -> [Comparison] in
      let lists = generator.lists(
        batch, theta: sessions.map { _ in layers[probe] }, lengths: logged.map(\.count)
      ).map(\.items)
      let generated = utilities(batch, lists)
      return sessions.indices.map { b in
        Comparison(
          probe: probe, user: encoded[b].userKey, generated: generated[b],
          logged: loggedUtilities[b],
          rewards: (
            objectives.reward(generated[b], weights: probes[probe]),
            objectives.reward(loggedUtilities[b], weights: probes[probe])
          ),
          trueGenerated: world.map { truth($0, sessions[b].request, lists[b]) },
          trueLogged: trueLogged?[b])
      }
    }
  }

  /// Raw utilities by the evaluators' mean and the rules.
  private func utilities(_ batch: RequestBatch, _ lists: [[Int]]) -> [[Float]] {
    let predictions = evaluators.predict(
      batch, ListBatch(lists), feedback: objectives.feedback, pessimism: 0)
    return lists.indices.map {
      objectives.utilities(
        of: lists[$0], columns: batch.columns[$0], predictions: predictions[$0])
    }
  }

  private func truth(_ world: FeedWorld, _ request: Request, _ list: [Int]) -> [Double] {
    world.utilities(objectives, of: list, for: request).map(Double.init)
  }
}

/// Sessions that lack most item features of those the checkpoint was trained on.
public struct ForeignSessionsFault: Error, Sendable, Equatable, CustomStringConvertible {
  public let expected: [String]
  public let got: [String]

  public var description: String {
    "sessions: expected items with features such as \(expected.prefix(5).joined(separator: ", ")), got "
      + (got.isEmpty ? "none" : got.prefix(5).joined(separator: ", "))
      + "; judge a checkpoint on sessions of the log it was trained on"
  }
}

/// One request under one probe.
private struct Comparison: Sendable {
  let probe: Int
  let user: UInt64
  let generated: [Float]
  let logged: [Float]
  let rewards: (generated: Float, logged: Float)
  let trueGenerated: [Double]?
  let trueLogged: [Double]?

  func add(to accumulator: inout EvaluationAccumulator) {
    accumulator.add(
      probe: probe, user: user, generated: generated.map(Double.init),
      logged: logged.map(Double.init), rewardGenerated: Double(rewards.generated),
      rewardLogged: Double(rewards.logged), trueGenerated: trueGenerated,
      trueLogged: trueLogged)
  }
}

extension EvaluatorQuality {
  /// The checkpoint's record as the report shows it.
  fileprivate var summary: EvaluatorSummary {
    EvaluatorSummary(
      heads: Dictionary(
        uniqueKeysWithValues: heads.map { head in
          (
            head.feedback,
            EvaluatorSummary.Head(
              logLoss: head.loss, baseRateLogLoss: head.baseRateLoss,
              scoreLogLoss: head.scoreLoss, ece: head.calibrationError,
              reliability: head.reliability.map {
                ReliabilityBin(count: $0.count, predicted: $0.predicted, observed: $0.observed)
              })
          )
        }),
      passed: passed, forced: forced)
  }
}
