package import Calibration
import Checkpoints
import EvaluatorModel
import Families
package import Features
import Foundation
package import ListPolicy
import Networks
import Objectives
package import Sessions
import Steering
import Tensors

/// Ranks with a checkpoint: encodes the request, writes lists under w, and says what the
/// evaluators expect of the best one.
package struct Ranker: ScanningRanker {
  package let description: ModelDescription
  let fitted: FittedSchema
  /// The same, which also reads the columns asked for by `reading`.
  private(set) var schema: FittedSchema
  let policy: any ListPolicy
  let evaluators: EvaluatorEnsemble
  let objectives: ObjectiveSet
  let prepared = PreparedWeightsCache()
  let histories = KeptHistories()
  package private(set) var scanner: RequestScanner?
  /// Channels of a mixed feed, and which column flags their candidates.
  private let channelFlags: [(name: String, column: Int?)]

  /// Reads a checkpoint folder, which is all that ranking needs.
  ///
  /// - Parameter precision: how exactly the weights that a new w waits for are kept.
  /// - Throws: what is wrong with the folder, its files or their hashes.
  package init(checkpoint path: String, precision: ServingPrecision = .float) throws {
    let checkpoint = try CheckpointReader(path: path)
    fitted = try checkpoint.section("schema", as: FittedSchema.self)
    schema = fitted
    scanner = RequestScanner(fitted)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    policy = try Families.policy(of: checkpoint, layout: fitted.layout, objectives: objectives)
      .serving(precision)
    evaluators = try EvaluatorEnsemble(checkpoint, layout: fitted.layout)
    description = ModelDescription(
      name: "fader", version: String(checkpoint.modelHash.prefix(12)),
      objectives: ModelDescription.objectives(objectives, trainedIn: checkpoint),
      schema: ModelDescription.Schema(fitted.layout), trainedLength: evaluators.record.slots,
      feedback: fitted.layout.feedback, channels: policy.channels)
    channelFlags = policy.channels.map { [columns = fitted.columns] channel in
      (channel.name, columns.firstIndex(of: CandidateColumn(.flag, of: channel.flag)))
    }
  }

  package var features: RequestFeatures? { fitted.features }

  package func rank(_ request: RankRequest) throws -> RankResponse {
    try answer(request, encode(request))
  }

  package func rank(_ scanned: ScannedRequest) throws -> RankResponse {
    try answer(scanned.request, encode(scanned))
  }

  package func columns(of scanned: ScannedRequest) -> [[Float]] {
    Array(schema.columns(items: scanned.items, in: scanned.body).dropFirst(fitted.columns.count))
  }

  package func oddities(_ request: RankRequest, _ scanned: ScannedRequest?) -> FeatureOddities {
    let rules = schema.columns.count - fitted.columns.count
    if let scanned {
      return schema.oddities(
        items: scanned.items, user: scanned.user, context: scanned.context, rules: rules,
        in: scanned.body)
    }
    return schema.oddities(
      Request(
        id: "", user: request.user, context: request.context, candidates: request.items),
      rules: rules)
  }

  package var scores: [FittedScore] { fitted.calibration }

  package func scored(_ request: RankRequest, _ scanned: ScannedRequest?) -> [ScoredCandidates] {
    guard !fitted.calibration.isEmpty else { return [] }
    if let scanned {
      return schema.scored(scanned.items, context: scanned.context, in: scanned.body)
    }
    return schema.scored(
      Request(id: "", user: request.user, context: request.context, candidates: request.items))
  }

  package func reading(_ columns: [CandidateColumn]) -> any ListRanker {
    guard schema.columns != fitted.columns + columns else { return self }
    var copy = self
    copy.schema = fitted.reading(columns)
    copy.scanner = RequestScanner(copy.schema)
    return copy
  }

  private func answer(
    _ request: RankRequest, _ encoded: EncodedRequest
  ) throws -> RankResponse {
    let named = request.weights ?? [:]
    let weights = objectives.names.map { Float(named[$0] ?? 0) }
    let best = try best(request, encoded, weights: weights)
    let isExact = request.strategy?.isOneDraw ?? false
    let logs = best.entry.logProbabilities
    return RankResponse(
      items: best.entry.items.enumerated().map { position, index in
        let log = logs.map { Double($0[position]) }
        return RankResponse.Item(
          id: request.items[index].id, index: index, position: position + 1, logProbability: log,
          propensity: isExact ? log.map { min(exp($0), 1) } : nil,
          channel: channel(of: index, encoded))
      },
      weights: zip(objectives.names, weights).map {
        RankResponse.Weight(name: $0, effective: Double($1))
      },
      utilities: zip(objectives.names, best.utilities).map {
        RankResponse.Utility(name: $0, value: Double($1))
      },
      reward: Double(objectives.reward(best.utilities, weights: weights)),
      model: description.name, version: description.version, origin: best.origin)
  }

  private func channel(of candidate: Int, _ encoded: EncodedRequest) -> String? {
    channelFlags.first { $0.column.map { encoded.columns[$0][candidate] > 0 } ?? false }?.name
  }

  /// Runs one made-up request, so that the first real one finds everything in place.
  package func warmUp() {
    let request = RankRequest(
      user: User(id: ""), items: (0..<20).map { Candidate(id: "\($0)") }, size: 10,
      weights: Dictionary(
        uniqueKeysWithValues: objectives.names.map { ($0, 1 / Double(objectives.count)) }))
    _ = try? rank(request)
  }
}

extension ModelDescription.Schema {
  init(_ layout: FeatureLayout) {
    self.init(
      item: Self.features(layout.item), user: Self.features(layout.user),
      context: Self.features(layout.context),
      history: layout.history.map {
        // What the encoding adds by itself is nothing that a client could send.
        let sent = Self.features($0.action).filter { !$0.name.hasPrefix(":") }
        return .init(name: $0.name, types: $0.types, length: $0.length, action: sent)
      })
  }

  private static func features(_ side: SideLayout) -> [ModelDescription.Feature] {
    side.numbers.map { .init(name: $0, kind: "number") }
      + side.categoricals.map { .init(name: $0.name, kind: "categorical") }
      + side.bags.map { .init(name: $0.name, kind: "bag") }
  }
}
