import OfflineEvaluation

/// The lists that were shown, untouched: what every other method has to beat.
public struct LoggedLists: ListMethod {
  public init() {}

  public func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] { requests.logged }
}
