import Sessions

/// The keys that define a utility, as a configuration and a checkpoint both write them.
///
/// Exactly one of `predicted` and the keys of the rules says which utility it is; `aggregate` and `next`
/// belong to `predicted`, each option to the rules that take it.
package struct ObjectiveTerms: Sendable {
  /// Feedback kind whose expected number over the list counts.
  package var predicted: String?
  /// `sum` (default), `any` or `survival`; for `predicted`.
  package var aggregate: String?
  /// Feedback kind that says whether the user goes on; for `survival`.
  package var next: String?
  /// Rules by key, each with the feature it reads.
  package var rules: [String: String] = [:]
  /// Options of rules by key.
  package var options: [String: Double] = [:]
  /// The rules that there are.
  let table: RuleTable

  package init() { table = .standard }

  init(_ definition: Objective.Definition) {
    switch definition {
    case .predicted(let feedback, let aggregation):
      predicted = feedback
      aggregate = aggregation.name
      next = aggregation.next
      table = .standard
    case .rule(let rule):
      let row = type(of: rule.utility)
      rules = [row.key: rule.utility.column.feature]
      options = rule.utility.optionValues
      // A rule that stands in no table is written down all the same.
      table =
        RuleTable.standard.rows.contains { $0 == row } ? .standard : RuleTable([row])
    }
  }

  /// - Throws: what is missing or does not belong, naming the objective.
  func definition(of name: String) throws(ObjectivesError) -> Objective.Definition {
    let found = faults(of: name)
    if found.isEmpty {
      if let predicted {
        return .predicted(
          feedback: predicted, Aggregation(name: aggregate ?? "sum", next: next) ?? .sum)
      }
      for row in table.rows {
        guard let feature = rules[row.key] else { continue }
        return .rule(RuleDefinition(row.init(feature: feature, options: options)))
      }
    }
    throw ObjectivesError(messages: found)
  }
}

extension ObjectiveTerms {
  /// A whole option as the number that a file holds.
  subscript(whole key: String) -> Int? {
    get { options[key].flatMap { Int(exactly: $0) } }
    set { options[key] = newValue.map { Double($0) } }
  }
}

/// Terms are the same when they say the same, whatever else could be said.
extension ObjectiveTerms: Equatable {
  package static func == (a: ObjectiveTerms, b: ObjectiveTerms) -> Bool {
    a.predicted == b.predicted && a.aggregate == b.aggregate && a.next == b.next
      && a.rules == b.rules && a.options == b.options
  }
}

extension ObjectiveTerms: Codable {
  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: Key.self)
    table = RuleTable(of: decoder)
    predicted = try keys.decodeIfPresent(String.self, forKey: Key("predicted"))
    for row in table.rows {
      rules[row.key] = try keys.decodeIfPresent(String.self, forKey: Key(row.key))
    }
    aggregate = try keys.decodeIfPresent(String.self, forKey: Key("aggregate"))
    next = try keys.decodeIfPresent(String.self, forKey: Key("next"))
    for option in table.options {
      let key = Key(option.key)
      options[option.key] =
        option.isWhole
        ? try keys.decodeIfPresent(Int.self, forKey: key).map { Double($0) }
        : try keys.decodeIfPresent(Double.self, forKey: key)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: Key.self)
    try keys.encodeIfPresent(predicted, forKey: Key("predicted"))
    for row in table.rows {
      try keys.encodeIfPresent(rules[row.key], forKey: Key(row.key))
    }
    try keys.encodeIfPresent(aggregate, forKey: Key("aggregate"))
    try keys.encodeIfPresent(next, forKey: Key("next"))
    for option in table.options {
      guard let value = options[option.key] else { continue }
      if option.isWhole, let whole = Int(exactly: value) {
        try keys.encode(whole, forKey: Key(option.key))
      } else {
        try keys.encode(value, forKey: Key(option.key))
      }
    }
  }

  /// A key that some row of the table names.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ key: String) { stringValue = key }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
