package import OfflineEvaluation

/// The lists that were shown, untouched: what every other method has to beat.
package struct LoggedLists: ListMethod {
  package init() {}

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] { requests.logged }
}
