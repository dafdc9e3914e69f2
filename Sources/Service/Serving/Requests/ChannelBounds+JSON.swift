import JSON
import ListPolicy
import Sessions

/// What a request asks of the channels of a mixed feed: `{"ad": {"gap": 4, "maximum": 2}}`.
extension ChannelBounds {
  private static let keys = ["gap", "first", "minimum", "maximum", "share", "price"]

  /// By the channel's name.
  static func channels(
    _ json: JSONValue, at pointer: String
  ) throws(FieldError) -> [String: ChannelBounds] {
    var channels: [String: ChannelBounds] = [:]
    for (name, value) in try json.fields(at: pointer) {
      channels[name] = try ChannelBounds(json: value, at: pointer + pointerStep(name))
    }
    return channels
  }

  private init(json: JSONValue, at pointer: String) throws(FieldError) {
    _ = try json.fields(at: pointer)
    try json.refuseUnknownKeys(Self.keys, at: pointer)
    self.init()
    gap = try Self.count(json, "gap", from: 1, at: pointer)
    first = try Self.count(json, "first", from: 1, at: pointer)
    minimum = try Self.count(json, "minimum", from: 0, at: pointer)
    maximum = try Self.count(json, "maximum", from: 0, at: pointer)
    if let value = json.optional("share") {
      let number = try value.finite(at: pointer + "/share")
      guard (0...1).contains(number) else {
        throw FieldError(
          pointer: pointer + "/share", expected: "a number from 0 to 1", got: value.summary,
          remedy: "write a share of the views such as 0.2")
      }
      share = number
    }
    if let value = json.optional("price") { price = try value.finite(at: pointer + "/price") }
    if let minimum, let maximum, minimum > maximum {
      throw FieldError(
        pointer: pointer + "/minimum", expected: "at most maximum, \(maximum)", got: "\(minimum)",
        remedy: "lower it, or raise maximum")
    }
  }

  private static func count(
    _ json: JSONValue, _ key: String, from least: Int, at pointer: String
  ) throws(FieldError) -> Int? {
    guard let value = json.optional(key) else { return nil }
    guard let number = value.number, number == number.rounded(), number >= Double(least),
      number <= 1_000_000
    else {
      throw FieldError(
        pointer: "\(pointer)/\(key)", expected: "a whole number from \(least)",
        got: value.summary, remedy: "write a number such as 4")
    }
    return Int(number)
  }
}

extension FeedChannelDescription {
  /// As `GET /v1/model` tells it.
  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("name", .string(name)), ("flag", .string(flag)),
    ]
    func add(_ key: String, _ value: Double?) {
      if let value { members.append((key, .number(value))) }
    }
    add("gap", bounds.gap.map(Double.init))
    add("first", bounds.first.map(Double.init))
    add("minimum", bounds.minimum.map(Double.init))
    add("maximum", bounds.maximum.map(Double.init))
    add("share", bounds.share)
    add("price", bounds.price)
    return .object(members)
  }
}
