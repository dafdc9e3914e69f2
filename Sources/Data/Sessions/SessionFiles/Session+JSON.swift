package import JSON

extension Session {
  /// A session as a line of a session file holds it; `context`, `features`, `history`,
  /// `propensity` and `masks` may be missing, unknown keys are refused.
  ///
  /// - Throws: the first fault, in the order of the fields.
  package init(json: JSONValue) throws(FieldError) {
    var parser = SessionParser()
    guard let session = parser.parse(json) else {
      throw parser.faults.first ?? json.fault("", "a session", "write a session object")
    }
    self = session
  }

  /// The session as an object, always with the same order of keys.
  package var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("id", .string(request.id)),
      ("time", .number(time)),
      ("user", request.user.json),
      ("context", request.context.json),
      ("candidates", .array(request.candidates.map(\.json))),
      ("shown", .array(shown.map { .number(Double($0)) })),
      ("feedback", feedbackJSON),
    ]
    if !request.history.isEmpty {
      members.append(("history", .array(request.history.map(\.json))))
    }
    if let propensity { members.append(("propensity", json(propensity))) }
    if let masks { members.append(("masks", masks.json)) }
    return .object(members)
  }

  private var feedbackJSON: JSONValue {
    .object(feedback.sorted { $0.key < $1.key }.map { (key: $0.key, value: json($0.value)) })
  }

  private func json(_ values: [Float]) -> JSONValue {
    .array(values.map { $0.isNaN ? .null : .number(JSONValue.shortest($0)) })
  }
}
