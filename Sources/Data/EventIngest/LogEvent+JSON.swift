package import JSON
package import Sessions
import Statistics

extension LogEvent {
  static let kinds = ["ranking", "interaction", "item", "user"]

  /// An event as a log writes it; keys that mean nothing here are passed over.
  ///
  /// - Throws: the first fault; its pointer is `/event` for a kind that is not known.
  package init(json: JSONValue) throws(FieldError) {
    guard case .object = json else {
      throw json.fault("", "an event object", "write one event per line")
    }
    let kind = try json.required("event")
    switch kind {
    case .string("ranking"): self = .ranking(try RankingEvent(json))
    case .string("interaction"): self = .interaction(try InteractionEvent(json))
    case .string("item"): self = .item(try FeatureUpdate(json, named: "item"))
    case .string("user"): self = .user(try FeatureUpdate(json, named: "user"))
    default:
      let near = kind.string.flatMap { nearestName(to: $0, among: LogEvent.kinds) }
      throw kind.fault(
        "/event", "one of \(LogEvent.kinds.joined(separator: ", "))",
        near.map { "did you mean \"\($0)\"?" } ?? "leave out other kinds of events")
    }
  }
}

extension RankingEvent {
  fileprivate init(_ json: JSONValue) throws(FieldError) {
    id = try json.required("id").identifier(at: "/id")
    time = try json.required("timestamp").eventSeconds(at: "/timestamp")
    user = try json.rankingUser(id)
    fields = try json.eventFields()
    let values = try json.required("items").values(at: "/items")
    items = []
    items.reserveCapacity(values.count)
    for index in values.indices {
      items.append(try Item(values[index], pointer: "/items/\(index)"))
    }
    if let json = json.optional("masks") { masks = try ListMasks(json: json, pointer: "/masks") }
  }
}

extension RankingEvent.Item {
  init(
    _ json: JSONValue, pointer: @autoclosure () -> String
  ) throws(FieldError) {
    _ = try json.fields(at: pointer())
    candidate = Candidate(
      id: try json.required("id", at: pointer()).identifier(at: pointer() + "/id"),
      features: try json.eventFields(at: pointer()))
    if let score = json.optional("relevancy"), candidate.features["relevancy"] == nil {
      candidate.features["relevancy"] = .number(try score.finite(at: pointer() + "/relevancy"))
    }
    if let place = json.optional("position") {
      position = try place.index(at: pointer() + "/position")
    }
    if let chance = json.optional("propensity") {
      let value = try chance.float(at: pointer() + "/propensity")
      guard value > 0, value <= 1 else {
        throw chance.fault(
          pointer() + "/propensity", "a probability above 0 and up to 1",
          "log the chance with which this item was placed here, or leave the field out")
      }
      propensity = value
    }
  }
}

extension InteractionEvent {
  /// Where the id of the ranking stands.
  static let rankingPointer = "/ranking"

  fileprivate init(_ json: JSONValue) throws(FieldError) {
    guard let ranking = json.optional("ranking"), ranking.string != "" else {
      throw .missing(InteractionEvent.rankingPointer, expected: "the id of a ranking")
    }
    self.ranking = try ranking.identifier(at: InteractionEvent.rankingPointer)
    item = try json.required("item").identifier(at: "/item")
    type = try json.required("type").identifier(at: "/type")
    time = try json.required("timestamp").eventSeconds(at: "/timestamp")
    if let amount = json.optional("value") { value = Double(try amount.float(at: "/value")) }
    // They only say how it was done: what is no feature among them must not cost the interaction.
    fields = (try? json.eventFields()) ?? [:]
  }
}

extension InteractionEvent {
  /// A line of an event log, without its end.
  package var line: [UInt8] {
    var members: [(key: String, value: JSONValue)] = [
      ("event", "interaction"), ("ranking", .string(ranking)), ("item", .string(item)),
      ("type", .string(type)), ("timestamp", .number(time)),
    ]
    if let value { members.append(("value", .number(value))) }
    if !fields.isEmpty { members.append(("fields", fields.json)) }
    return JSONValue.object(members).serialized()
  }
}

extension FeatureUpdate {
  /// `{"item": "i1", ..}` or `{"id": "i1", ..}`; with both, `id` names the event, as Metarank does.
  fileprivate init(_ json: JSONValue, named key: String) throws(FieldError) {
    if let name = json.optional(key) {
      id = try name.identifier(at: "/\(key)")
    } else {
      id = try json.required("id").identifier(at: "/id")
    }
    if let stamp = json.optional("timestamp") { time = try stamp.eventSeconds(at: "/timestamp") }
    fields = try FeatureMap(json: json.required("fields"), pointer: "/fields")
  }
}

extension JSONValue {
  /// The user of a ranking. Metarank's may do without: then the session is the user, or each ranking
  /// has one of its own.
  fileprivate func rankingUser(_ ranking: String) throws(FieldError) -> String {
    if let user = optional("user") { return try user.identifier(at: "/user") }
    return try optional("session")?.identifier(at: "/session") ?? ranking
  }

  /// The member `fields`, none when missing.
  fileprivate func eventFields(
    at pointer: @autoclosure () -> String = ""
  ) throws(FieldError) -> FeatureMap {
    guard let fields = optional("fields") else { return [:] }
    return try FeatureMap(json: fields, pointer: pointer() + "/fields")
  }
}
