import JSON

/// Reads one session from JSON and keeps going behind a fault, so that a check of a file can name
/// the faults of all fields of a line.
struct SessionParser {
  static let keys = [
    "id", "time", "user", "context", "candidates", "shown", "feedback", "history", "propensity",
    "masks",
  ]

  /// The first fault of each field.
  private(set) var faults: [FieldError] = []

  /// The session, or nil when there are faults.
  mutating func parse(_ json: JSONValue) -> Session? {
    guard case .object = json else {
      faults.append(json.fault("", "a session object", "write one session per line"))
      return nil
    }
    attempt { () throws(FieldError) in try json.refuseUnknownKeys(SessionParser.keys, at: "") }
    let session = read(json)
    guard let session, faults.isEmpty else { return nil }
    faults = session.faults()
    return faults.isEmpty ? session : nil
  }

  /// The session as it is written, its content not yet checked; nil when there are faults.
  mutating func read(_ json: JSONValue) -> Session? {
    let id = attempt { () throws(FieldError) in try json.required("id").identifier(at: "/id") }
    let time = attempt { () throws(FieldError) in
      try json.required("time").seconds(at: "/time")
    }
    let user = attempt { () throws(FieldError) in
      try User(json: json.required("user"), pointer: "/user")
    }
    let context = attempt { () throws(FieldError) in
      try FeatureMap(json: json.optional("context") ?? .object([]), pointer: "/context")
    }
    let candidates = attempt { () throws(FieldError) in
      try readCandidates(json.required("candidates"))
    }
    let shown = attempt { () throws(FieldError) in try readShown(json.required("shown")) }
    let feedback = readFeedback(json)
    let history = attempt { () throws(FieldError) in
      try json.optional("history").map { json throws(FieldError) in
        try [Behaviour](json: json, pointer: "/history")
      } ?? []
    }
    let propensity = attempt { () throws(FieldError) in
      try json.optional("propensity").map { json throws(FieldError) in
        try floats(json, at: "/propensity")
      }
    }
    let masks = attempt { () throws(FieldError) in
      try json.optional("masks").map { json throws(FieldError) in
        try ListMasks(json: json, pointer: "/masks")
      }
    }
    guard let id, let time, let user, let context, let candidates, let shown, let history,
      let propensity, let masks, faults.isEmpty
    else { return nil }
    return Session(
      request: Request(
        id: id, user: user, context: context, candidates: candidates, history: history),
      time: time, shown: shown, feedback: feedback, propensity: propensity, masks: masks)
  }

  @discardableResult
  private mutating func attempt<Value>(_ body: () throws(FieldError) -> Value) -> Value? {
    do throws(FieldError) {
      return try body()
    } catch {
      faults.append(error)
      return nil
    }
  }

  private mutating func readFeedback(_ json: JSONValue) -> [String: [Float]] {
    let kinds = attempt { () throws(FieldError) in
      try json.required("feedback").fields(at: "/feedback")
    }
    var feedback: [String: [Float]] = [:]
    for (kind, values) in kinds ?? [] {
      feedback[kind] = attempt { () throws(FieldError) in
        try amounts(values, at: "/feedback" + pointerStep(kind))
      }
    }
    return feedback
  }
}

private func readCandidates(_ json: JSONValue) throws(FieldError) -> [Candidate] {
  let values = try json.values(at: "/candidates")
  var candidates: [Candidate] = []
  candidates.reserveCapacity(values.count)
  for index in values.indices {
    candidates.append(try Candidate(json: values[index], pointer: "/candidates/\(index)"))
  }
  return candidates
}

private func readShown(_ json: JSONValue) throws(FieldError) -> [Int] {
  let values = try json.values(at: "/shown")
  var shown: [Int] = []
  shown.reserveCapacity(values.count)
  for place in values.indices {
    shown.append(try values[place].index(at: "/shown/\(place)"))
  }
  return shown
}

/// Feedback along a list: NaN where the file says null, of what is not known.
private func amounts(
  _ json: JSONValue, at pointer: @autoclosure () -> String
) throws(FieldError) -> [Float] {
  let values = try json.values(at: pointer())
  var amounts: [Float] = []
  amounts.reserveCapacity(values.count)
  for place in values.indices {
    amounts.append(
      values[place] == .null ? .nan : try values[place].float(at: pointer() + "/\(place)"))
  }
  return amounts
}

private func floats(
  _ json: JSONValue, at pointer: @autoclosure () -> String
) throws(FieldError) -> [Float] {
  let values = try json.values(at: pointer())
  var floats: [Float] = []
  floats.reserveCapacity(values.count)
  for place in values.indices {
    floats.append(try values[place].float(at: pointer() + "/\(place)"))
  }
  return floats
}
