package import ConfigurationFields

extension ObjectiveTerms: Configurable {
  package static let fields: [ConfigurationField<Self>] = keys(of: .standard)

  /// The keys that predictions, and the rules of a table, are written with.
  private static func keys(of table: RuleTable) -> [ConfigurationField<Self>] {
    let kinds = (["predicted"] + table.rows.map { $0.key }).joined(separator: ", ")
    let predicted = ConfigurationField<Self>(
      "predicted", \.predicted,
      "Feedback kind, such as click: the objective is how much of it the evaluators expect of the "
        + "list. Give exactly one of \(kinds).")
    let aggregate = ConfigurationField<Self>(
      "aggregate", \.aggregate,
      "Only with predicted: sum is the expected number over the list, any the chance of at least one, "
        + "survival the expected number where users leave on their way down. By default sum.")
    let next = ConfigurationField<Self>(
      "next", \.next,
      "Only with aggregate: survival: feedback kind, such as has_next, that says whether the user goes on "
        + "to the place below.", writing: .ifChanged)
    let rules = table.rows.map { row in
      ConfigurationField<Self>(row.key, \.rules[row.key], row.meaning)
    }
    let options = table.options.map { option in
      option.isWhole
        ? ConfigurationField<Self>(
          option.key, \.[whole: option.key], option.meaning, option.bounds, unit: option.unit)
        : ConfigurationField<Self>(
          option.key, \.options[option.key], option.meaning, option.bounds, unit: option.unit)
    }
    return [predicted] + rules + [aggregate, next] + options
  }
}
