import EventIngest
import JSON
import Sessions

/// The body of `POST /v1/feedback`: what users did with the items of rankings.
struct FeedbackRequest {
  /// Of one request at most.
  static let maximum = 1000

  var interactions: [InteractionEvent] = []

  /// From one interaction, or `{"interactions": [..]}`.
  ///
  /// - Parameter now: seconds since 1970-01-01 UTC, for interactions that say no time.
  init(_ bytes: [UInt8], now: Double) throws(RankErrors) {
    self = try readBody(bytes) { json throws(FieldError) in
      try FeedbackRequest(json: json, now: now)
    }
  }

  private init(json: JSONValue, now: Double) throws(FieldError) {
    _ = try json.fields(at: "")
    guard let several = json.optional("interactions") else {
      interactions = [try InteractionEvent(feedback: json, at: "", now: now)]
      return
    }
    try json.refuseUnknownKeys(["interactions"], at: "")
    let values = try several.values(at: "/interactions")
    guard (1...FeedbackRequest.maximum).contains(values.count) else {
      throw FieldError(
        pointer: "/interactions", expected: "1 to \(FeedbackRequest.maximum) interactions",
        got: "\(values.count)", remedy: "send them in several requests")
    }
    for (index, value) in values.enumerated() {
      interactions.append(
        try InteractionEvent(feedback: value, at: "/interactions/\(index)", now: now))
    }
  }
}

extension InteractionEvent {
  fileprivate init(
    feedback json: JSONValue, at pointer: String, now: Double
  ) throws(FieldError) {
    _ = try json.fields(at: pointer)
    try json.refuseUnknownKeys(["ranking", "item", "type", "timestamp", "value"], at: pointer)
    func name(_ key: String) throws(FieldError) -> String {
      let place = "\(pointer)/\(key)"
      let name = try json.required(key, at: pointer).identifier(at: place)
      guard name.utf8.count <= 1024 else {
        throw FieldError(
          pointer: place, expected: "at most 1024 bytes", got: "\(name.utf8.count)",
          remedy: "use a shorter name")
      }
      return name
    }
    var value: Double?
    if let amount = json.optional("value") {
      value = Double(try amount.float(at: "\(pointer)/value"))
    }
    self.init(
      ranking: try name("ranking"), item: try name("item"), type: try name("type"),
      time: try json.optional("timestamp")?.eventSeconds(at: "\(pointer)/timestamp") ?? now,
      value: value)
  }

  /// A line of the event log.
  var line: [UInt8] {
    var members: [(key: String, value: JSONValue)] = [
      ("event", "interaction"), ("ranking", .string(ranking)), ("item", .string(item)),
      ("type", .string(type)), ("timestamp", .number(time)),
    ]
    if let value { members.append(("value", .number(value))) }
    return JSONValue.object(members).serialized()
  }
}
