import Sessions

/// The rules that a configuration may name: a further one is a type in this folder and a row here.
package struct RuleTable: Sendable {
  package static let standard = RuleTable([
    Share.self,
    Quota.self,
    Distinct.self,
    Order.self,
    Mean.self,
    Discounted.self,
    Threshold.self,
    Gated.self,
    DistinctFirst.self,
  ])

  /// A decoder that is to know another table carries it under this key.
  package static let decoderKey = CodingUserInfoKey(rawValue: "fader.rules")

  package let rows: [any RuleUtility.Type]

  package init(_ rows: [any RuleUtility.Type]) {
    self.rows = rows
  }

  /// The table that a decoder carries, the standard one by default.
  init(of decoder: any Decoder) {
    self = RuleTable.decoderKey.flatMap { decoder.userInfo[$0] as? RuleTable } ?? .standard
  }

  /// Options of all rules, each key once.
  var options: [RuleOption] {
    var seen: Set<String> = []
    return rows.flatMap { $0.options }.filter { seen.insert($0.key).inserted }
  }

  /// One line per rule for a fault's text: `quota: <flag> with target`.
  var kinds: [String] {
    rows.map { row in
      let needed = row.options.filter { $0.need != nil }.map { " with \($0.key)" }
      return "\(row.key): <\(row.reads.rawValue)>" + needed.joined()
    }
  }
}
