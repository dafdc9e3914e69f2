/// There are more lists than the search was allowed to score.
public struct ExhaustiveSearchError: Error, Sendable, Equatable, CustomStringConvertible {
  public let candidates: Int
  public let length: Int
  /// How many lists there are; nil past the largest Int.
  public let count: Int?
  public let limit: Int

  public init(candidates: Int, length: Int, count: Int?, limit: Int) {
    self.candidates = candidates
    self.length = length
    self.count = count
    self.limit = limit
  }

  public var description: String {
    let got = count.map(String.init) ?? "more than \(Int.max)"
    return "exhaustive search for a list of \(length) from \(candidates) candidates: "
      + "expected at most \(limit) lists, got \(got); "
      + "search a smaller pool, raise the limit, or use the local search"
  }
}
