import JSON

extension Session {
  /// What is wrong with the session's content, the first fault of each field; none for a sound
  /// session. `init(json:)` and `SessionWriter` refuse the same.
  public func faults() -> [FieldError] {
    var faults: [FieldError] = []
    func check(_ fault: FieldError?) {
      if let fault { faults.append(fault) }
    }
    check(fault(inID: request.id, "/id"))
    check(fault(inID: request.user.id, "/user/id"))
    if !isSecondsSince1970(time) {
      check(
        .init(
          "/time", "seconds since 1970, before the year 5138", "\(time)",
          "divide milliseconds by 1000, smaller units by more"))
    }
    check(candidatesFault)
    check(shownFault)
    for kind in feedback.keys.sorted() { check(feedbackFault(kind)) }
    check(request.history.fault(at: "/history") ?? historyFault)
    check(propensityFault)
    if shownFault == nil {
      check(masks?.fault(of: shown.map { request.candidates[$0].id }))
    }
    return faults
  }

  private func fault(inID id: String, _ pointer: String) -> FieldError? {
    id.isEmpty ? .init(pointer, "a non-empty id", "\"\"", "name it") : nil
  }

  private var candidatesFault: FieldError? {
    if request.candidates.isEmpty {
      return .init(
        "/candidates", "at least one candidate", "none", "leave out requests without candidates")
    }
    var seen: Set<String> = []
    seen.reserveCapacity(request.candidates.count)
    for (index, candidate) in request.candidates.enumerated() {
      if let fault = fault(inID: candidate.id, "/candidates/\(index)/id") { return fault }
      if !seen.insert(candidate.id).inserted {
        return .init(
          "/candidates/\(index)/id", "an id not used before in this session",
          JSONValue.string(candidate.id).summary, "list each candidate once")
      }
    }
    return nil
  }

  private var shownFault: FieldError? {
    if shown.isEmpty {
      return .init(
        "/shown", "at least one index", "an empty array",
        "leave out requests for which nothing was shown")
    }
    let count = request.candidates.count
    var used = [Bool](repeating: false, count: count)
    for (place, index) in shown.enumerated() {
      guard (0..<count).contains(index) else {
        return .init(
          "/shown/\(place)", "an index below the \(count) candidates", "\(index)",
          "count candidates from 0")
      }
      if used[index] {
        return .init(
          "/shown/\(place)", "an index not shown before", "\(index)", "show each candidate once")
      }
      used[index] = true
    }
    return nil
  }

  private func feedbackFault(_ kind: String) -> FieldError? {
    let pointer = "/feedback" + pointerStep(kind)
    let values = feedback[kind] ?? []
    if kind.isEmpty {
      return .init(pointer, "a named feedback kind", "\"\"", "name it, for instance click")
    }
    if let fault = lengthFault(pointer, values.count) { return fault }
    guard let place = values.firstIndex(where: \.isInfinite) else { return nil }
    return .init(
      "\(pointer)/\(place)", "a finite number", "\(values[place])",
      "write 0 for no feedback, null where it is not known")
  }

  /// A history that knows what came later would teach a model to look into the future.
  private var historyFault: FieldError? {
    guard let place = request.history.firstIndex(where: { $0.time >= time }) else { return nil }
    return .init(
      "/history/\(place)/time", "a time before the session's own, \(time)",
      "\(request.history[place].time)", "leave out what the user saw or did later")
  }

  private var propensityFault: FieldError? {
    guard let propensity else { return nil }
    if let fault = lengthFault("/propensity", propensity.count) { return fault }
    guard let place = propensity.firstIndex(where: { !($0 > 0 && $0 <= 1) }) else { return nil }
    return .init(
      "/propensity/\(place)", "a probability above 0 and up to 1", "\(propensity[place])",
      "log the chance with which this item was placed here, or leave the field out")
  }

  private func lengthFault(_ pointer: String, _ count: Int) -> FieldError? {
    guard count != shown.count else { return nil }
    return .init(
      pointer, "\(shown.count) values, one per shown item", "\(count)",
      "write one number per entry of shown")
  }
}

extension FieldError {
  fileprivate init(
    _ pointer: String, _ expected: String, _ got: String, _ remedy: String
  ) {
    self.init(pointer: pointer, expected: expected, got: got, remedy: remedy)
  }
}
