import EvaluatorModel
package import Features
package import ListPolicy
import Objectives
import Sessions

/// The steps of an answer, one by one.
extension Ranker {
  /// From a body to the bytes of its answer: what the server does between reading and writing.
  package func answering() throws -> @Sendable ([UInt8]) throws -> [UInt8] {
    let pipeline = try RankPipeline(ranker: self, configuration: ServingConfiguration())
    return { body in
      var timing = RankPipeline.Timing()
      return try pipeline.answer(body, requestID: nil, timing: &timing).response.serialized
    }
  }

  package func encode(_ request: RankRequest) -> EncodedRequest {
    remembering(
      fitted.encode(
        Request(
          id: request.requestID ?? "", user: request.user, context: request.context,
          candidates: request.items)), request)
  }

  package func encode(_ scanned: ScannedRequest) -> EncodedRequest {
    var plain = scanned
    plain.request.history = []
    var encoded = schema.encode(plain)
    // The objectives know their own columns only.
    encoded.columns.removeLast(schema.columns.count - fitted.columns.count)
    return remembering(encoded, scanned.request)
  }

  /// The encoded request with the request's history, of which only what is new is encoded.
  private func remembering(_ encoded: EncodedRequest, _ request: RankRequest) -> EncodedRequest {
    guard !request.history.isEmpty, !encoded.history.isEmpty else { return encoded }
    var result = encoded
    (result.history, result.kept) = histories.encoded(
      request.history, of: request.user, by: fitted.encode(history:))
    return result
  }

  /// The policy's best list under w.
  ///
  /// - Parameter request: resolved.
  package func decide(
    _ request: RankRequest, _ encoded: EncodedRequest, weights: [Float]
  ) -> DecodedList {
    greedy(request, encoded, prepared.prepared(weights, by: policy))
  }

  /// What the list is expected to earn, per objective in raw units.
  ///
  /// Evaluators look at the items of the list only, so only those are encoded by them.
  package func utilities(of list: [Int], _ encoded: EncodedRequest) -> [Float] {
    let listed = EncodedRequest(
      item: encoded.item.selecting(list.map(Int32.init)), user: encoded.user,
      context: encoded.context, columns: [], history: encoded.history, kept: encoded.kept)
    let predictions = evaluators.predict(
      RequestBatch([listed]), ListBatch([Array(list.indices)]), feedback: objectives.feedback,
      pessimism: 0)[0]
    return objectives.utilities(of: list, columns: encoded.columns, predictions: predictions)
  }
}
