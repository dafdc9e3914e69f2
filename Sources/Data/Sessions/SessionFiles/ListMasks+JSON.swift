package import JSON

extension ListMasks {
  /// `{"pins"?: [{"id", "position"}], "ban"?: [..], "require"?: [..], "rules"?: [{..}]}`.
  ///
  /// Unknown members are refused in logs too: a kind of mask that is not known here would make the
  /// propensities mean something else.
  package init(json: JSONValue, pointer: String) throws(FieldError) {
    _ = try json.fields(at: pointer)
    try json.refuseUnknownKeys(["pins", "ban", "require", "rules"], at: pointer)
    func entries(_ key: String) throws(FieldError) -> [JSONValue] {
      guard let list = json.optional(key) else { return [] }
      return try list.values(at: "\(pointer)/\(key)")
    }
    func ids(_ key: String) throws(FieldError) -> [String] {
      var ids: [String] = []
      for (number, id) in try entries(key).enumerated() {
        ids.append(try id.identifier(at: "\(pointer)/\(key)/\(number)"))
      }
      return ids
    }
    self.init(ban: try ids("ban"), require: try ids("require"))
    for (number, pin) in try entries("pins").enumerated() {
      let place = "\(pointer)/pins/\(number)"
      _ = try pin.fields(at: place)
      try pin.refuseUnknownKeys(["id", "position"], at: place)
      pins.append(
        Pin(
          id: try pin.required("id", at: place).identifier(at: place + "/id"),
          position: try pin.required("position", at: place).index(at: place + "/position")))
    }
    for (number, rule) in try entries("rules").enumerated() {
      rules.append(try FeatureMap(json: rule, pointer: "\(pointer)/rules/\(number)"))
    }
  }

  /// The masks as an object, without members that would be empty.
  package var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    if !pins.isEmpty {
      members.append(
        (
          "pins",
          .array(
            pins.map { ["id": .string($0.id), "position": .number(Double($0.position))] })
        ))
    }
    for (key, ids) in [("ban", ban), ("require", require)] where !ids.isEmpty {
      members.append((key, .array(ids.map { .string($0) })))
    }
    if !rules.isEmpty { members.append(("rules", .array(rules.map(\.json)))) }
    return .object(members)
  }
}
