extension LabelMethod {
  /// What a table calls it.
  var name: String {
    switch kind {
    case .policy: "policy"
    case .logged: "logged order"
    case .random: "random order"
    case .score: "best score"
    case .evaluators: "evaluators"
    case .linear: "linear model"
    }
  }
}

extension LabelSummary {
  /// What a table calls a measure.
  func name(_ measure: LabelMeasure) -> String {
    switch measure {
    case .ndcg: "NDCG@\(depth)"
    case .map: "MAP"
    case .correctedNDCG: "NDCG@\(depth) corr."
    case .chosen: "chosen"
    case .correctedChosen: "chosen corr."
    }
  }

  /// What was done, and on how much.
  func taskNote(_ kind: String, level: Double) -> String {
    let equal = sessions - orderedSessions
    let left =
      equal > 0
      ? "; \(Figures.count(equal)) more are left out of them, since all items got the same" : ""
    return """
      With all weight on \(objective) the policy re-orders the items that were shown, \
      \(Figures.decimals(shown, 1)) a session on average, and chooses half of them; nothing else \
      is a candidate. What people really did says how well. \(name(.ndcg)) and MAP are 1 when \
      every item that got \(kind) feedback stands above all that got none. They rest on \
      \(Figures.count(orderedSessions, "session"))\(left). Chosen: mean \(kind) of the chosen \
      items, over \(Figures.count(sessions, "session")) of \(Figures.count(users, "user")). Lead: \
      the policy minus the row, on the same sessions. Intervals are \(Figures.level(level)) over \
      users.
      """
  }

  /// Who the policy stands beside.
  var methodNote: String {
    var parts = ["Random order: the expectation over all orders."]
    if let score = methods.first(where: { $0.kind == .score }) {
      parts.append(
        "Best score: the number of the items that orders best by itself (\(score.detail ?? "?")), "
          + (trainingSessions > 0
            ? "found on training sessions."
            : "found on these very sessions, which flatters it."))
    }
    if methods.contains(where: { $0.kind == .evaluators }) {
      parts.append(
        "Evaluators: items by the feedback that the training evaluators expect of each, averaged "
          + "over places.")
    }
    parts.append(
      methods.contains { $0.kind == .linear }
        ? "Linear model: a logistic regression on the features of single items, fitted to "
          + "\(Figures.count(trainingSessions, "training session"))."
        : "No training sessions were at hand, so no linear model stands beside the policy.")
    return parts.joined(separator: " ")
  }

  /// What the place on the page does to labels, and what the correction makes of it.
  func biasNote(_ kind: String) -> String {
    let bias = """
      People act on what stands on top also because it stands there. Part of the labels belongs \
      to the logged places, so the logged order is favoured, and whoever learned to agree with it.
      """
    guard let slotRates else {
      return bias + " The first place never got \(kind) feedback, so nothing corrects for this."
    }
    let last = slotRates.last.map { ", \(Figures.decimals($0, 2)) in the last" } ?? ""
    return bias + " " + """
      Corrected: \(kind) feedback in place t counts 1 / p_t, with p_t the mean of place t as a \
      share of the first place's, at least 0.1 (1 in the first\(last)). This is crude. It takes \
      the whole decline for the place's doing, although the log also put better items on top, \
      and so it puts the logged order at a disadvantage: by this count its upper half is worth \
      about as much as its lower one. The truth lies between the two.
      """
  }
}
