/// There are more lists than the search was allowed to score.
package struct ExhaustiveSearchError: Error, Sendable, Equatable, CustomStringConvertible {
  package let candidates: Int
  package let length: Int
  /// How many lists there are; nil past the largest Int.
  package let count: Int?
  package let limit: Int

  package init(candidates: Int, length: Int, count: Int?, limit: Int) {
    self.candidates = candidates
    self.length = length
    self.count = count
    self.limit = limit
  }

  package var description: String {
    let got = count.map(String.init) ?? "more than \(Int.max)"
    return "exhaustive search for a list of \(length) from \(candidates) candidates: "
      + "expected at most \(limit) lists, got \(got); "
      + "search a smaller pool, raise the limit, or use the local search"
  }
}
