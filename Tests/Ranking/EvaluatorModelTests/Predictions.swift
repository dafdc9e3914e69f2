import EvaluatorModel
import Features
import TinyModels

extension Evaluator {
  /// `[head][slot]` of one list of one request, by itself.
  func predict(_ request: EncodedRequest, _ list: [Int]) -> [[Float]] {
    predict(RequestBatch([request]), ListBatch([list]))[0]
  }
}

/// Largest distance of two predictions of a list.
func distance(_ a: [[Float]], _ b: [[Float]]) -> Float {
  a.map(\.count) == b.map(\.count)
    ? TinyModels.distance(a.flatMap(\.self), b.flatMap(\.self)) : .infinity
}
