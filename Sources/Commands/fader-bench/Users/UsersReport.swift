import JSON
import Sessions
import Statistics

/// What the lists of a visit were worth: means over all requests, and block by block.
struct UsersReport {
  /// One list.
  struct Visit {
    /// `sum_i w_i U_i / s_i` of the true utilities under the answer's weights.
    var reward: Double
    /// True expected utilities, raw units.
    var utilities: [Double]
    /// Weights of the answer.
    var weights: [Double]
    /// Share of the list, and of the candidates, that has the flag.
    var shown: Double
    var candidates: Double
    /// Where the list came from, as the answer says it.
    var source: String
  }

  private let objectives: [String]
  private let flag: String
  /// Requests of a block; the last one may have fewer.
  private let block: Int
  private var blocks: [UsersBlock] = []
  private var whole: UsersBlock
  /// Interactions that the service took, and that it could not log.
  var accepted = 0
  var refused = 0

  init(objectives: [String], flag: String, block: Int) {
    self.objectives = objectives
    self.flag = flag
    self.block = block
    whole = UsersBlock(first: 0, objectives: objectives.count)
  }

  mutating func add(_ visit: Visit) {
    if whole.count % block == 0 {
      blocks.append(UsersBlock(first: whole.count, objectives: objectives.count))
    }
    blocks[blocks.count - 1].add(visit)
    whole.add(visit)
  }

  /// The true reward of all lists.
  var reward: Welford { whole.reward }

  var json: JSONValue {
    var members = whole.members(objectives)
    members += [
      (key: "flag", value: .string(flag)),
      (
        key: "feedback",
        value: [
          "accepted": .number(Double(accepted)), "refused": .number(Double(refused)),
        ]
      ),
      (key: "blocks", value: .array(blocks.map { .object($0.members(objectives)) })),
    ]
    return .object(members)
  }

  /// A line per block and one for all.
  var table: String {
    let heading =
      ["from", "requests", "reward"] + objectives + ["\(flag) shown", "of candidates"]
    let rows =
      [heading] + blocks.map { ["\($0.first)"] + $0.cells } + [["all"] + whole.cells]
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }
    if accepted + refused > 0 {
      lines.append("\(accepted) interactions accepted, \(refused) refused")
    }
    return lines.joined(separator: "\n")
  }
}
