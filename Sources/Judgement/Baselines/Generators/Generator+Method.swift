import GeneratorModel
import ListPolicy
import OfflineEvaluation

extension Generator {
  /// The greedy list of each request, one theta(w) for all of them.
  func greedyLists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let theta = finalLayers(weights)
    return lists(
      requests.batch, theta: requests.lengths.map { _ in theta }, lengths: requests.lengths
    ).map(\.items)
  }
}
