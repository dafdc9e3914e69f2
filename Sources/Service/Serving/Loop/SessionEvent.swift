import EventIngest
import JSON
import Sessions

/// The body of `POST /v1/sessions/{id}/rerank`: how far a user got, and what they did.
struct SessionEvent {
  /// Items seen since the last time, from the top of what was left.
  var seen = 0
  var interactions: [InteractionEvent] = []

  /// - Parameters:
  ///   - list: the list that the interactions are about.
  ///   - left: how many items it has left.
  ///   - kinds: that are taken; nil for all.
  ///   - now: seconds since 1970, for interactions that say no time.
  init(
    _ bytes: [UInt8], about list: String, left: Int, kinds: [String]?, now: Double
  ) throws(RankErrors) {
    self = try readBody(bytes) { json throws(FieldError) in
      try SessionEvent(json: json, list, left, kinds, now)
    }
  }

  private init(
    json: JSONValue, _ list: String, _ left: Int, _ kinds: [String]?, _ now: Double
  ) throws(FieldError) {
    _ = try json.fields(at: "")
    try json.refuseUnknownKeys(["seen", "interactions"], at: "")
    if let value = json.optional("seen") {
      seen = try value.index(at: "/seen")
      guard seen <= left else {
        throw value.fault(
          "/seen", "at most the \(left) items that are left",
          "count from the top of the last answer's list")
      }
    }
    let values = try json.optional("interactions")?.values(at: "/interactions") ?? []
    guard values.count <= FeedbackRequest.maximum else {
      throw FieldError(
        pointer: "/interactions", expected: "at most \(FeedbackRequest.maximum) interactions",
        got: "\(values.count)", remedy: "send them in several requests")
    }
    for (index, value) in values.enumerated() {
      let pointer = "/interactions/\(index)"
      let event = try InteractionEvent(feedback: value, at: pointer, in: list, now: now)
      if let kinds, !kinds.contains(event.type) {
        throw FieldError(
          pointer: pointer + "/type",
          expected: "one of the kinds of feedback \(kinds.joined(separator: ", "))",
          got: "\"\(event.type)\"",
          remedy: "send one of these, or let the operator name it in serving.feedback_kinds")
      }
      interactions.append(event)
    }
  }
}
