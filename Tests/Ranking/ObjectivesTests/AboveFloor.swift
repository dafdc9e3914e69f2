import Objectives
import Sessions

/// Share of the list whose number is at least `floor`: a rule that the product does not have.
struct AboveFloor: RuleUtility {
  static let key = "above"
  static let reads = CandidateColumn.Kind.number
  static let meaning =
    "Number of the items: the objective is the share of the list that reaches floor."
  static let options = [
    RuleOption(
      "floor", "Only with above: the number to reach.", expected: "a finite number",
      need: "the number to reach; add floor"
    ) {
      $0.isFinite
    }
  ]

  let column: CandidateColumn
  let floor: Float

  init(feature: String, options: [String: Double]) {
    column = CandidateColumn(Self.reads, of: feature)
    floor = Float(options["floor"] ?? 0)
  }

  var optionValues: [String: Double] { ["floor": Double(floor)] }
  var localWidth: Int { 1 }

  func value(of list: [Int], column: [Float]) -> Float {
    list.isEmpty ? 0 : Float(list.count { column[$0] >= floor }) / Float(list.count)
  }

  func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] >= floor ? 1 / Float(length) : 0
  }

  func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    for (i, number) in column.enumerated() { out[base + i * stride] = number >= floor ? 1 : 0 }
  }

  func itemValues(_ column: [Float]) -> [Float]? { column.map { $0 >= floor ? 1 : 0 } }
}
