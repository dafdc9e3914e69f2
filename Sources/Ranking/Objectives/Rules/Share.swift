import Sessions

/// Share of the list whose flag is set: `U = sum(flag) / n`, in 0...1.
///
/// Local context: the own flag; flags placed so far / length.
public struct Share: RuleUtility {
  public let column: CandidateColumn

  public init(flag: String) {
    column = CandidateColumn(.flag, of: flag)
  }

  public var localWidth: Int { 2 }

  public func value(of list: [Int], column: [Float]) -> Float {
    list.isEmpty ? 0 : column.total(over: list) / Float(list.count)
  }

  public func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] / Float(length)
  }

  public func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let reached = column.total(over: placed) / Float(length)
    var row = base
    for flag in column {
      out[row] = flag
      out[row + 1] = reached
      row += stride
    }
  }
}

extension [Float] {
  /// Sum of the column over the candidates of a list.
  func total(over list: [Int]) -> Float {
    list.reduce(0) { $0 + self[$1] }
  }
}
