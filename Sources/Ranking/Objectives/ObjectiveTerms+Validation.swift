extension ObjectiveTerms {
  static let kinds = [
    "predicted: <feedback>", "share: <flag>", "quota: <flag> with target", "distinct: <group>",
    "order: <number>", "mean: <number>", "discounted: <number>",
  ]

  /// Every fault of one objective, each with its remedy.
  func faults(of name: String) -> [String] {
    let given = [
      ("predicted", predicted), ("share", share), ("quota", quota), ("distinct", distinct),
      ("order", order), ("mean", mean), ("discounted", discounted),
    ].filter { $0.1 != nil }
    var faults: [String] = []
    let all = ObjectiveTerms.kinds.joined(separator: ", ")
    if given.isEmpty {
      faults.append("\(name): says no utility; give one of \(all)")
    } else if given.count > 1 {
      let names = given.map(\.0).joined(separator: " and ")
      faults.append("\(name): says \(names); give exactly one of \(all)")
    }
    for (key, feature) in given where feature?.isEmpty ?? false {
      faults.append("\(name): \(key) is empty; give the name of a feature or feedback kind")
    }
    return faults + misplaced(name) + outOfRange(name)
  }

  /// Keys that belong to another utility than the one given.
  private func misplaced(_ name: String) -> [String] {
    var faults: [String] = []
    if aggregate != nil && predicted == nil {
      faults.append("\(name): aggregate belongs to predicted; remove it")
    }
    if window != nil && distinct == nil {
      faults.append("\(name): window belongs to distinct; remove it")
    }
    if target != nil && quota == nil {
      faults.append("\(name): target belongs to quota; remove it or write quota for share")
    }
    if quota != nil && target == nil {
      faults.append("\(name): quota needs the wanted share; add target, e.g. target: 0.3")
    }
    return faults
  }

  private func outOfRange(_ name: String) -> [String] {
    var faults: [String] = []
    if let aggregate, Aggregation(rawValue: aggregate) == nil {
      let known = Aggregation.allCases.map(\.rawValue).joined(separator: " or ")
      faults.append("\(name): aggregate is \"\(aggregate)\"; expected \(known)")
    }
    if let window, window < 1 {
      faults.append("\(name): window is \(window); expected 1 or more, or none for the whole list")
    }
    if let target, !(target > 0 && target <= 1) {
      faults.append("\(name): target is \(target); expected a share in (0, 1]")
    }
    return faults
  }
}
