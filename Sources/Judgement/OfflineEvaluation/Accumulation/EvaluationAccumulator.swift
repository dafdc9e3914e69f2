import Statistics

/// Collects judged lists, request by request and probe by probe, and makes the report of them.
///
/// Memory grows with probes times users, not with requests. Weights are normalised to sum 1.
package struct EvaluationAccumulator: Sendable {
  let objectives: [String]
  let scales: [Double]
  /// Normalised, [probes, k].
  let probes: [[Double]]
  /// Per objective, the probes on its line.
  let lines: [[Int]]
  var sums: [ProbeSums]
  /// First appearance of every user; the row in every `ProbeSums`.
  var slots: [UInt64: Int] = [:]
  /// Whose eyes the lists are seen with; settled by the first list.
  var viewpoints: Set<Viewpoint>?

  /// - Parameters:
  ///   - objectives: k distinct names.
  ///   - scales: s_i of the reward, each above 0.
  ///   - probes: weights, [probes, k], each row non-negative and not all 0.
  ///   - lines: per objective, indices into `probes` in order of its own weight; may be empty.
  package init(objectives: [String], scales: [Double], probes: [[Double]], lines: [[Int]]) {
    let k = objectives.count
    precondition(Set(objectives).count == k, "objectives repeat a name: \(objectives)")
    precondition(
      scales.count == k && scales.allSatisfy { $0 > 0 && $0.isFinite },
      "\(k) objectives need \(k) positive scales, got \(scales)")
    precondition(lines.count == k, "\(k) objectives need \(k) lines, got \(lines.count)")
    precondition(
      lines.allSatisfy { $0.allSatisfy(probes.indices.contains) },
      "a line names a probe outside 0..<\(probes.count): \(lines)")
    self.objectives = objectives
    self.scales = scales
    self.lines = lines
    self.probes = probes.map { weights in
      let total = weights.reduce(0, +)
      precondition(
        weights.count == k && total > 0 && total.isFinite && weights.allSatisfy { $0 >= 0 },
        "a probe needs \(k) weights >= 0, not all 0, got \(weights)")
      return weights.map { $0 / total }
    }
    sums = probes.indices.map { probe in
      ProbeSums(objectives: k, tracked: lines.indices.filter { lines[$0].contains(probe) })
    }
  }

  /// Adds one request at one probe.
  ///
  /// - Parameters:
  ///   - user: key that is the same for all requests of a user.
  ///   - predicted: as the training evaluators see the two lists.
  ///   - judged: as the judge does; given always or never.
  ///   - truth: by the world; given always or never.
  package mutating func add(
    probe: Int, user: UInt64, predicted: EvaluatedLists, judged: EvaluatedLists? = nil,
    truth: EvaluatedLists? = nil
  ) {
    precondition(probes.indices.contains(probe), "there is no probe \(probe)")
    let given = [Viewpoint.evaluators: predicted, .judge: judged, .truth: truth]
      .compactMapValues { $0 }
    precondition(
      Set(given.keys) == viewpoints ?? Set(given.keys),
      "judge and truth must be given for every request or for none")
    viewpoints = Set(given.keys)
    let seen = Viewpoint.allCases.compactMap { view in
      given[view].map { lists in
        requireUtilities(lists.generated)
        requireUtilities(lists.logged)
        let rewards = (
          reward(of: lists.generated, probe: probe), reward(of: lists.logged, probe: probe)
        )
        return (view: view, lists: lists, rewards: rewards)
      }
    }
    let slot = slots[user] ?? slots.count
    slots[user] = slot
    sums[probe].add(slot: slot, seen)
  }

  /// `sum_i w_i * U_i / s_i`.
  func reward(of utilities: [Double], probe: Int) -> Double {
    utilities.indices.reduce(0) { $0 + probes[probe][$1] * utilities[$1] / scales[$1] }
  }

  private func requireUtilities(_ utilities: [Double]) {
    precondition(
      utilities.count == objectives.count && utilities.allSatisfy(\.isFinite),
      "expected \(objectives.count) finite utilities, got \(utilities)")
  }
}
