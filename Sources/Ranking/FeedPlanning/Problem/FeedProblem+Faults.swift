extension FeedProblem {
  /// Everything that makes the problem ill-formed, each by its place; empty for a sound problem.
  ///
  /// A sound problem may still be infeasible. Zero slots, empty queues, gaps beyond the list, a
  /// maximum of 0 and a share of 0 are sound.
  package func faults() -> [FeedFault] {
    guard slots >= 0 else { return [FeedFault("slots", expected: "at least 0", got: "\(slots)")] }
    var faults: [FeedFault] = []
    if viewChances.count != slots {
      faults.append(
        FeedFault(
          "viewChances", expected: "one number for each of \(slots) slots",
          got: "\(viewChances.count)"))
    }
    for (t, chance) in viewChances.enumerated() where !(chance >= 0 && chance.isFinite) {
      faults.append(
        FeedFault("viewChances.\(t)", expected: "a finite number of at least 0", got: "\(chance)"))
    }
    faults += valueFaults(organic, at: "organic")
    for (c, channel) in channels.enumerated() {
      faults += valueFaults(channel.inserts, at: "channels.\(c).inserts")
      faults += channel.faults(at: "channels.\(c)")
    }
    return faults + faultsOfFixed()
  }

  private func valueFaults(_ values: [[Double]], at place: String) -> [FeedFault] {
    var faults: [FeedFault] = []
    for (item, row) in values.enumerated() {
      if row.count != slots {
        faults.append(
          FeedFault(
            "\(place).\(item)", expected: "one value for each of \(slots) slots",
            got: "\(row.count)"))
      }
      // Sums of larger numbers overflow. NaN is not at most anything.
      for (t, value) in row.enumerated() where !(abs(value) <= 1e100) {
        faults.append(
          FeedFault(
            "\(place).\(item).\(t)", expected: "a number of at most 1e100 in size",
            got: "\(value)"))
      }
    }
    return faults
  }

  private func faultsOfFixed() -> [FeedFault] {
    var faults: [FeedFault] = []
    var places: [FeedChoice: Int] = [:]
    for (t, choice) in fixed.sorted(by: { $0.key < $1.key }) {
      if !(0..<slots).contains(t) {
        faults.append(FeedFault("fixed.\(t)", expected: "a slot below \(slots)", got: "\(t)"))
      }
      if !has(choice) {
        faults.append(
          FeedFault("fixed.\(t)", expected: "an item of the problem", got: "\(choice)"))
      }
      if let other = places.updateValue(t, forKey: choice) {
        faults.append(
          FeedFault(
            "fixed.\(t)", expected: "an item that is fixed once", got: "that of slot \(other) again"
          ))
      }
    }
    return faults
  }

  /// Whether there is such an item.
  func has(_ choice: FeedChoice) -> Bool {
    switch choice {
    case .organic(let item): organic.indices.contains(item)
    case .insert(let channel, let index):
      channels.indices.contains(channel) && channels[channel].inserts.indices.contains(index)
    }
  }
}

extension FeedChannel {
  fileprivate func faults(at place: String) -> [FeedFault] {
    var faults: [FeedFault] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append(FeedFault("\(place).\(key)", expected: expected, got: got)) }
    }
    check(gap >= 1, "gap", "at least 1", "\(gap)")
    check(first >= 0, "first", "at least 0", "\(first)")
    check(minimum >= 0, "minimum", "at least 0", "\(minimum)")
    check(maximum >= 0, "maximum", "at least 0", "\(maximum)")
    check(minimum <= maximum, "minimum", "at most the maximum, \(maximum)", "\(minimum)")
    if let share {
      check(share >= 0 && share.isFinite, "share", "a finite number of at least 0", "\(share)")
    }
    return faults
  }
}
