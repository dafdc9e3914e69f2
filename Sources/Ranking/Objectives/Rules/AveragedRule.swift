/// A rule whose value is the mean of its column over the list: every item counts by itself.
protocol AveragedRule: RuleUtility {}

extension AveragedRule {
  package func value(of list: [Int], column: [Float]) -> Float {
    list.isEmpty ? 0 : column.total(over: list) / Float(list.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] / Float(length)
  }

  package func itemValues(_ column: [Float]) -> [Float]? { column }
}

extension [Float] {
  /// Sum of the column over the candidates of a list.
  func total(over list: [Int]) -> Float {
    list.reduce(0) { $0 + self[$1] }
  }
}
