package import JSON
import ListPolicy
package import Sessions
import Steering

extension RankRequest {
  /// Reads the body of `POST /v1/rerank`.
  ///
  /// Strict: a key that has no meaning is a fault. Without `user` the request is anonymous (its id
  /// is empty). Whether the parts fit each other is checked by `resolved`.
  package init(json: JSONValue) throws(FieldError) {
    let keys = ["request_id", "user", "context", "items", "history"] + RankRequest.choices
    _ = try json.fields(at: "")
    try json.refuseUnknownKeys(keys, at: "")
    var requestID: String?
    if let id = json.optional("request_id") {
      requestID = try RankRequest.requestID(id, at: "/request_id")
    }
    var user = User(id: "")
    if let value = json.optional("user") {
      let read = try RankRequest.identified(value, at: "/user")
      user = User(id: read.id, features: read.features)
    }
    var context: FeatureMap = [:]
    if let value = json.optional("context") {
      context = try FeatureMap(json: value, pointer: "/context")
    }
    var items: [Candidate] = []
    let values = try json.required("items").values(at: "/items")
    items.reserveCapacity(values.count)
    for index in values.indices {
      let read = try RankRequest.identified(values[index], at: "/items/\(index)")
      items.append(Candidate(id: read.id, features: read.features))
    }
    self.init(requestID: requestID, user: user, context: context, items: items)
    try readHistory(json)
    try readChoices(json)
  }

  mutating func readHistory(_ json: JSONValue) throws(FieldError) {
    if let value = json.optional("history") {
      history = try [Behaviour](json: value, pointer: "/history")
    }
  }

  /// The keys of what a caller may choose.
  static let choices = [
    "size", "weights", "preset", "pins", "ban", "require", "channels", "strategy", "candidates",
    "deadline_ms", "preview",
  ]

  /// Reads `choices` from the body.
  mutating func readChoices(_ json: JSONValue) throws(FieldError) {
    if let value = json.optional("size") { size = try RankRequest.ordinal(value, at: "/size") }
    if let value = json.optional("weights") { weights = try RankRequest.weights(value) }
    if let value = json.optional("pins") { pins = try RankRequest.pins(value) }
    if let value = json.optional("ban") { ban = try RankRequest.ids(value, at: "/ban") }
    if let value = json.optional("require") { require = try RankRequest.ids(value, at: "/require") }
    if let value = json.optional("channels") {
      channels = try ChannelBounds.channels(value, at: "/channels")
    }
    if let value = json.optional("preset") { preset = try value.identifier(at: "/preset") }
    if let value = json.optional("strategy") { strategy = try ListStrategy(json: value) }
    if let value = json.optional("candidates") { candidates = try SelectionRequest(json: value) }
    if let value = json.optional("deadline_ms") {
      deadlineMilliseconds = try RankRequest.milliseconds(value, at: "/deadline_ms")
    }
    if let value = json.optional("preview") {
      guard let flag = value.bool else {
        throw FieldError(
          pointer: "/preview", expected: "true or false", got: value.summary,
          remedy: "write it without quotes")
      }
      isPreview = flag
    }
    if preset != nil, weights != nil {
      throw FieldError(
        pointer: "/preset", expected: "either a preset or weights", got: "both",
        remedy: "leave one out")
    }
  }

  private static func identified(
    _ json: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) -> (id: String, features: FeatureMap) {
    _ = try json.fields(at: pointer())
    try json.refuseUnknownKeys(["id", "features"], at: pointer())
    let id = try json.required("id", at: pointer()).identifier(at: pointer() + "/id")
    guard let features = json.optional("features") else { return (id, [:]) }
    return (id, try FeatureMap(json: features, pointer: pointer() + "/features"))
  }

  static func requestID(
    _ json: JSONValue, at pointer: String
  ) throws(FieldError) -> String {
    let id = try json.identifier(at: pointer)
    guard id.unicodeScalars.count <= 128, id.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
      throw FieldError(
        pointer: pointer, expected: "at most 128 characters and no control characters",
        got: json.summary, remedy: "use a shorter id")
    }
    return id
  }

  /// A whole number from 1.
  private static func ordinal(
    _ json: JSONValue, at pointer: @autoclosure () -> String
  ) throws(FieldError) -> Int {
    guard let number = json.number, number >= 1, number == number.rounded(), number < 9.0e15
    else {
      throw FieldError(
        pointer: pointer(), expected: "a whole number from 1", got: json.summary,
        remedy: "write a number such as 10")
    }
    return Int(number)
  }

  static func weights(_ json: JSONValue) throws(FieldError) -> [String: Double] {
    var weights: [String: Double] = [:]
    for (name, value) in try json.fields(at: "/weights") {
      weights[name] = try value.finite(at: "/weights" + pointerStep(name))
    }
    return weights
  }

  private static func pins(_ json: JSONValue) throws(FieldError) -> [Pin] {
    var pins: [Pin] = []
    for (index, value) in try json.values(at: "/pins").enumerated() {
      let pointer = "/pins/\(index)"
      _ = try value.fields(at: pointer)
      try value.refuseUnknownKeys(["id", "position"], at: pointer)
      pins.append(
        Pin(
          id: try value.required("id", at: pointer).identifier(at: pointer + "/id"),
          position: try ordinal(
            value.required("position", at: pointer), at: pointer + "/position")))
    }
    return pins
  }

  private static func ids(
    _ json: JSONValue, at pointer: String
  ) throws(FieldError) -> [String] {
    var ids: [String] = []
    for (index, value) in try json.values(at: pointer).enumerated() {
      ids.append(try value.identifier(at: "\(pointer)/\(index)"))
    }
    return ids
  }

  /// A number above 0, at most ten minutes.
  private static func milliseconds(
    _ json: JSONValue, at pointer: String
  ) throws(FieldError) -> Double {
    guard let number = json.number, number > 0, number <= 600_000 else {
      throw FieldError(
        pointer: pointer, expected: "milliseconds above 0, up to 600000", got: json.summary,
        remedy: "write a number such as 50")
    }
    return number
  }
}
