import EventIngest
import JSON
import Sessions

/// The body of `POST /v1/feedback`: what users did with the items of rankings.
struct FeedbackRequest {
  /// Of one request at most.
  static let maximum = 1000
  /// Seconds by which a client's clock may be ahead of the service's.
  static let allowance = 600.0
  /// The year 2000 in seconds since 1970: before it are clocks that were never set.
  static let earliest = 946_684_800.0

  var interactions: [InteractionEvent] = []

  /// From one interaction, or `{"interactions": [..]}`.
  ///
  /// - Parameters:
  ///   - kinds: that are taken; nil for all.
  ///   - now: seconds since 1970-01-01 UTC, for interactions that say no time.
  init(_ bytes: [UInt8], kinds: [String]? = nil, now: Double) throws(RankErrors) {
    self = try readBody(bytes) { json throws(FieldError) in
      let request = try FeedbackRequest(json: json, now: now)
      if let kinds { try request.check(kinds, isSingle: json["interactions"] == nil) }
      return request
    }
  }

  private func check(_ kinds: [String], isSingle: Bool) throws(FieldError) {
    guard let odd = interactions.firstIndex(where: { !kinds.contains($0.type) }) else { return }
    throw FieldError(
      pointer: isSingle ? "/type" : "/interactions/\(odd)/type",
      expected: "one of the kinds of feedback \(kinds.joined(separator: ", "))",
      got: "\"\(interactions[odd].type)\"",
      remedy: "send one of these, or let the operator name it in serving.feedback_kinds")
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
  /// - Parameter ranking: the list that it is about; nil where the interaction names it.
  init(
    feedback json: JSONValue, at pointer: String, in ranking: String? = nil, now: Double
  ) throws(FieldError) {
    _ = try json.fields(at: pointer)
    let keys = ["item", "type", "timestamp", "value"]
    try json.refuseUnknownKeys(ranking == nil ? ["ranking"] + keys : keys, at: pointer)
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
    let list: String
    if let ranking { list = ranking } else { list = try name("ranking") }
    var value: Double?
    if let amount = json.optional("value") {
      value = Double(try amount.float(at: "\(pointer)/value"))
    }
    self.init(
      ranking: list, item: try name("item"), type: try name("type"),
      time: try json.optional("timestamp").map { stamp throws(FieldError) in
        try stamp.plausibleSeconds(at: "\(pointer)/timestamp", now: now)
      } ?? now,
      value: value)
  }
}

extension JSONValue {
  /// The time of something that has happened, in seconds since 1970; late reports are welcome.
  fileprivate func plausibleSeconds(at pointer: String, now: Double) throws(FieldError) -> Double {
    let time = try eventSeconds(at: pointer)
    guard time <= now + FeedbackRequest.allowance else {
      throw FieldError(
        pointer: pointer,
        expected: "a time that has passed, at most \(Int(FeedbackRequest.allowance)) s ahead",
        got: "\(summary), which is \(Int((time - now).rounded())) s ahead",
        remedy: "set the client's clock, or leave the field out for the moment of arrival")
    }
    guard time >= FeedbackRequest.earliest else {
      throw FieldError(
        pointer: pointer, expected: "a time from the year 2000 on", got: summary,
        remedy: "set the client's clock, or leave the field out for the moment of arrival")
    }
    return time
  }
}
