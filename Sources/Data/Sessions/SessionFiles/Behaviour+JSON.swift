package import JSON

extension Behaviour {
  private static let keys = ["type", "time", "item", "position", "action"]

  /// `{"type", "time", "item": {"id", "features"?}, "position"?, "action"?}`.
  package init(json: JSONValue, pointer: @autoclosure () -> String) throws(FieldError) {
    _ = try json.fields(at: pointer())
    try json.refuseUnknownKeys(Self.keys, at: pointer())
    type = try json.required("type", at: pointer()).identifier(at: pointer() + "/type")
    time = try json.required("time", at: pointer()).seconds(at: pointer() + "/time")
    item = try Candidate(
      json: json.required("item", at: pointer()), pointer: pointer() + "/item")
    if let place = json.optional("position") {
      position = try place.index(at: pointer() + "/position")
    }
    action = try FeatureMap(
      json: json.optional("action") ?? .object([]), pointer: pointer() + "/action")
  }

  /// The behaviour as an object, without members that would be empty.
  package var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("type", .string(type)), ("time", .number(time)), ("item", item.json),
    ]
    if let position { members.append(("position", .number(Double(position)))) }
    if !action.isEmpty { members.append(("action", action.json)) }
    return .object(members)
  }
}

extension [Behaviour] {
  /// The history of a session or a request, oldest first.
  ///
  /// - Throws: the first fault, among them a behaviour that is older than the one above it.
  package init(json: JSONValue, pointer: @autoclosure () -> String) throws(FieldError) {
    let values = try json.values(at: pointer())
    self = []
    reserveCapacity(values.count)
    for index in values.indices {
      append(try Behaviour(json: values[index], pointer: pointer() + "/\(index)"))
    }
    if let fault = fault(at: pointer()) { throw fault }
  }

  /// What is wrong with the history by itself: the first fault, nil for none.
  func fault(at pointer: String) -> FieldError? {
    for (index, behaviour) in enumerated() {
      let place = "\(pointer)/\(index)"
      if behaviour.type.isEmpty || behaviour.item.id.isEmpty {
        return FieldError(
          pointer: place + (behaviour.type.isEmpty ? "/type" : "/item/id"),
          expected: "a non-empty text", got: "\"\"", remedy: "name it")
      }
      if index > 0, behaviour.time < self[index - 1].time {
        return FieldError(
          pointer: place + "/time", expected: "a time not before that of the behaviour above",
          got: "\(behaviour.time) after \(self[index - 1].time)",
          remedy: "list the oldest behaviour first")
      }
    }
    return nil
  }
}
