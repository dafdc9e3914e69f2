import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Objectives
import Sessions
import Tensors

/// Ranks with a checkpoint: encodes the request, writes the best list under theta(w), and says what
/// the evaluators expect of it.
public struct Ranker: ScanningRanker {
  public let description: ModelDescription
  let schema: FittedSchema
  let generator: Generator
  let evaluators: EvaluatorEnsemble
  let objectives: ObjectiveSet
  let layers = FinalLayerCache()
  package let scanner: RequestScanner?

  /// Reads a checkpoint folder, which is all that ranking needs.
  ///
  /// - Parameter precision: how exactly the hypernetwork's last layer is kept.
  /// - Throws: what is wrong with the folder, its files or their hashes.
  public init(checkpoint path: String, precision: ServingPrecision = .float) throws {
    let checkpoint = try CheckpointReader(path: path)
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    scanner = RequestScanner(schema)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    generator = try Generator(checkpoint, layout: schema.layout, objectives: objectives)
      .serving(precision)
    evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout)
    description = ModelDescription(
      name: "fader", version: String(checkpoint.modelHash.prefix(12)),
      objectives: objectives.objectives.map {
        ModelDescription.Objective(
          name: $0.name, definition: $0.definition.summary, scale: Double($0.scale))
      },
      schema: ModelDescription.Schema(schema.layout))
  }

  public func rank(_ request: RankRequest) throws -> RankResponse {
    answer(request, encode(request))
  }

  package func rank(_ scanned: ScannedRequest) throws -> RankResponse {
    answer(scanned.request, schema.encode(scanned))
  }

  private func answer(_ request: RankRequest, _ encoded: EncodedRequest) -> RankResponse {
    let named = request.weights ?? [:]
    let weights = objectives.names.map { Float(named[$0] ?? 0) }
    let list = decide(request, encoded, weights: weights)
    let utilities = utilities(of: list.items, encoded)
    return RankResponse(
      items: list.items.enumerated().map { position, index in
        RankResponse.Item(
          id: request.items[index].id, index: index, position: position + 1,
          logProbability: Double(list.logProbabilities[position]))
      },
      weights: zip(objectives.names, weights).map {
        RankResponse.Weight(name: $0, effective: Double($1))
      },
      utilities: zip(objectives.names, utilities).map {
        RankResponse.Utility(name: $0, value: Double($1))
      },
      reward: Double(objectives.reward(utilities, weights: weights)), model: description.name,
      version: description.version)
  }

  /// Runs one made-up request, so that the first real one finds everything in place.
  public func warmUp() {
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
      context: Self.features(layout.context))
  }

  private static func features(_ side: SideLayout) -> [ModelDescription.Feature] {
    side.numbers.map { .init(name: $0, kind: "number") }
      + side.categoricals.map { .init(name: $0.name, kind: "categorical") }
      + side.bags.map { .init(name: $0.name, kind: "bag") }
  }
}
