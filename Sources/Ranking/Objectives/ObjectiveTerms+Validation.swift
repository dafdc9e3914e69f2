extension ObjectiveTerms {
  /// Every fault of one objective, each with its remedy.
  func faults(of name: String) -> [String] {
    let all = (["predicted: <feedback>"] + table.kinds).joined(separator: ", ")
    let keys = [("predicted", predicted)] + table.rows.map { ($0.key, rules[$0.key]) }
    let given = keys.filter { $0.1 != nil }
    var faults: [String] = []
    if given.isEmpty {
      faults.append("\(name): says no utility; give one of \(all)")
    } else if given.count > 1 {
      let names = given.map(\.0).joined(separator: " and ")
      faults.append("\(name): says \(names); give exactly one of \(all)")
    }
    for (key, feature) in given where feature?.isEmpty ?? false {
      faults.append("\(name): \(key) is empty; give the name of a feature or feedback kind")
    }
    return faults + (misplaced + missing + outOfRange).map { "\(name): \($0)" }
  }

  /// Keys that belong to another utility than the one given.
  private var misplaced: [String] {
    var faults: [String] = []
    if aggregate != nil && predicted == nil {
      faults.append("aggregate belongs to predicted; remove it")
    }
    if next != nil && aggregate != "survival" {
      faults.append("next belongs to aggregate: survival; remove it")
    }
    for option in table.options where options[option.key] != nil {
      let owners = table.rows.filter { $0.options.contains { $0.key == option.key } }
        .map { $0.key }
      guard !owners.contains(where: { rules[$0] != nil }) else { continue }
      let names = owners.joined(separator: " or ")
      faults.append("\(option.key) belongs to \(names); remove it\(option.remedy)")
    }
    return faults
  }

  /// Options without which a given rule says nothing.
  private var missing: [String] {
    table.rows.filter { rules[$0.key] != nil }.flatMap { row in
      row.options.filter { options[$0.key] == nil }
        .compactMap { option in option.need.map { "\(row.key) needs \($0)" } }
    }
  }

  private var outOfRange: [String] {
    var faults: [String] = []
    if let aggregate, !Aggregation.names.contains(aggregate) {
      let known = Aggregation.names.joined(separator: " or ")
      faults.append("aggregate is \"\(aggregate)\"; expected \(known)")
    }
    if aggregate == "survival", next?.isEmpty ?? true {
      faults.append(
        "aggregate: survival needs next, the feedback kind that says whether the user goes on, "
          + "e.g. next: has_next")
    }
    for option in table.options {
      guard let value = options[option.key], !option.isSound(value) else { continue }
      faults.append("\(option.key) is \(option.text(value)); expected \(option.expected)")
    }
    return faults
  }
}
