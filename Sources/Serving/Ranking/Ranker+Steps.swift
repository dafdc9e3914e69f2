import EvaluatorModel
import Features
import GeneratorModel
import Objectives
import Sessions

/// The steps of an answer, one by one.
extension Ranker {
  /// From a body to the bytes of its answer: what the server does between reading and writing.
  package func answer(_ body: [UInt8]) throws -> [UInt8] {
    var timing = RankPipeline.Timing()
    return try RankPipeline(ranker: self, configuration: ServingConfiguration())
      .answer(body, requestID: nil, timing: &timing).serialized
  }

  package func encode(_ request: RankRequest) -> EncodedRequest {
    schema.encode(
      Request(
        id: request.requestID ?? "", user: request.user, context: request.context,
        candidates: request.items))
  }

  package func encode(_ scanned: ScannedRequest) -> EncodedRequest { schema.encode(scanned) }

  /// The best list under theta(w).
  ///
  /// - Parameter request: resolved.
  package func decide(
    _ request: RankRequest, _ encoded: EncodedRequest, weights: [Float]
  ) -> DecodedList {
    generator.lists(
      RequestBatch([encoded]), theta: [layers.layers(for: weights) { generator.finalLayers($0) }],
      lengths: [request.size ?? min(RankRequest.defaultSize, request.items.count)],
      constraints: [constraints(request)])[0]
  }

  /// What the list is expected to earn, per objective in raw units.
  ///
  /// Evaluators look at the items of the list only, so only those are encoded by them.
  package func utilities(of list: [Int], _ encoded: EncodedRequest) -> [Float] {
    let listed = EncodedRequest(
      item: encoded.item.selecting(list.map(Int32.init)), user: encoded.user,
      context: encoded.context, columns: [])
    let predictions = evaluators.predict(
      RequestBatch([listed]), ListBatch([Array(list.indices)]), feedback: objectives.feedback,
      pessimism: 0)[0]
    return objectives.utilities(of: list, columns: encoded.columns, predictions: predictions)
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
