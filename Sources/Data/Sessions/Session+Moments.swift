extension Session {
  /// The session as a phone sees it that decides again after every item: the user has answered to the
  /// first `count` items of the list. These are behaviours of the history then, and the rest of the list
  /// is what was shown for the candidates that are left.
  ///
  /// Its masks are left out, since they speak of the whole list.
  ///
  /// - Parameters:
  ///   - count: above 0.
  ///   - seconds: between two items of the list; logs of lists do not say it.
  /// - Returns: nil where the user did not reach the item behind the first `count`.
  public func moment(after count: Int, seconds: Double = 3) -> Session? {
    precondition(count > 0, "a moment after \(count) items")
    guard count < reached else { return nil }
    var moment = self
    moment.request.id += "@\(count)"
    moment.time += seconds * Double(count)
    moment.masks = nil
    moment.request.history += (0..<count).flatMap {
      behaviours(in: $0, at: time + seconds * Double($0), seconds: seconds)
    }
    var places: [Int?] = []
    let seen = Set(shown.prefix(count))
    moment.request.candidates = []
    for (index, candidate) in request.candidates.enumerated() {
      places.append(seen.contains(index) ? nil : moment.request.candidates.count)
      if !seen.contains(index) { moment.request.candidates.append(candidate) }
    }
    moment.shown = shown.dropFirst(count).compactMap { places[$0] }
    moment.feedback = feedback.mapValues { Array($0.dropFirst(count)) }
    moment.propensity = propensity.map { Array($0.dropFirst(count)) }
    return moment
  }

  /// How many places of the list the user reached: those above the first of which nothing is known.
  public var reached: Int {
    shown.indices.first { slot in
      !feedback.isEmpty && feedback.values.allSatisfy { slot >= $0.count || $0[slot].isNaN }
    } ?? shown.count
  }

  /// What the history tells of a place: that its item was shown, and each kind of feedback to it.
  private func behaviours(in slot: Int, at start: Double, seconds: Double) -> [Behaviour] {
    let item = request.candidates[shown[slot]]
    var action: FeatureMap = [:]
    for (kind, values) in feedback where slot < values.count && values[slot] > 0 {
      action[kind] = values[slot] == 1 ? .flag(true) : .number(Double(values[slot]))
    }
    let interactions = action.keys.sorted().map { kind in
      Behaviour(
        type: kind, time: start + seconds / 2, item: item, position: slot + 1,
        action: action.filter { $0.key != kind })
    }
    return [
      Behaviour(
        type: Behaviour.exposure, time: start, item: item, position: slot + 1, action: action)
    ] + interactions
  }
}
