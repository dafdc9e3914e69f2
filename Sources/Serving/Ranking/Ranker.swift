import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Objectives
import Sessions
import Tensors

/// Ranks with a checkpoint: encodes the request, writes the best list under theta(w), and says what
/// the evaluators expect of it.
public struct Ranker: ListRanker {
  public let description: ModelDescription
  private let schema: FittedSchema
  private let generator: Generator
  private let evaluators: EvaluatorEnsemble
  private let objectives: ObjectiveSet
  private let layers = FinalLayerCache()

  /// Reads a checkpoint folder, which is all that ranking needs.
  ///
  /// - Throws: what is wrong with the folder, its files or their hashes.
  public init(checkpoint path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    generator = try Generator(checkpoint, layout: schema.layout, objectives: objectives)
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
    let named = request.weights ?? [:]
    let weights = objectives.names.map { Float(named[$0] ?? 0) }
    let encoded = schema.encode(
      Request(
        id: request.requestID ?? "", user: request.user, context: request.context,
        candidates: request.items))
    let batch = RequestBatch([encoded])
    let list = generator.lists(
      batch, theta: [layers.layers(for: weights) { generator.finalLayers($0) }],
      lengths: [request.size ?? min(RankRequest.defaultSize, request.items.count)],
      constraints: [constraints(request)])[0]
    let predictions = evaluators.predict(
      batch, ListBatch([list.items]), feedback: objectives.feedback, pessimism: 0)[0]
    let utilities = objectives.utilities(
      of: list.items, columns: encoded.columns, predictions: predictions)
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

  /// Pins and bans by candidate index; the request was checked, so every pinned id is there.
  private func constraints(_ request: RankRequest) -> DecodingConstraints {
    guard !(request.pins.isEmpty && request.ban.isEmpty) else { return .none }
    var places: [String: Int] = [:]
    for (index, item) in request.items.enumerated() { places[item.id] = index }
    var constraints = DecodingConstraints()
    for pin in request.pins { constraints.pins[pin.position - 1] = places[pin.id] }
    for id in request.ban {
      if let index = places[id] { constraints.bans.insert(index) }
    }
    return constraints
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
