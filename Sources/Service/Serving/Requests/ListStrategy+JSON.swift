import JSON
import Sessions
import Steering

extension ListStrategy {
  /// From `"beam"` or `{"kind", "lists", "hand_made", "searched_lists"}`.
  init(json: JSONValue) throws(FieldError) {
    if let name = json.string {
      self.init(try ListStrategy.choice(name, at: "/strategy"))
      return
    }
    _ = try json.fields(at: "/strategy")
    try json.refuseUnknownKeys(["kind", "lists", "hand_made", "searched_lists"], at: "/strategy")
    let kind = try json.required("kind", at: "/strategy")
    self.init(try ListStrategy.choice(kind.string ?? kind.summary, at: "/strategy/kind"))
    if let value = json.optional("lists") {
      lists = try ListStrategy.count(
        value, in: ListStrategy.allowedLists, at: "/strategy/lists", such: 8)
    }
    if let value = json.optional("searched_lists") {
      searchedLists = try ListStrategy.count(
        value, in: ListStrategy.allowedSearchedLists, at: "/strategy/searched_lists", such: 256)
    }
    if let value = json.optional("hand_made") {
      for (index, name) in try value.values(at: "/strategy/hand_made").enumerated() {
        handMade.append(
          try ListStrategy.choice(
            name.string ?? name.summary, at: "/strategy/hand_made/\(index)"))
      }
    }
  }

  private static func count(
    _ value: JSONValue, in allowed: ClosedRange<Int>, at pointer: String, such example: Int
  ) throws(FieldError) -> Int {
    guard let number = value.number, number == number.rounded(),
      number >= Double(allowed.lowerBound), number <= Double(allowed.upperBound)
    else {
      throw FieldError(
        pointer: pointer,
        expected: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)",
        got: value.summary, remedy: "write a number such as \(example)")
    }
    return Int(number)
  }

  private static func choice<T: RawRepresentable & CaseIterable>(
    _ name: String, at pointer: String
  ) throws(FieldError) -> T where T.RawValue == String {
    if let value = T(rawValue: name) { return value }
    let known = T.allCases.map(\.rawValue).joined(separator: ", ")
    throw FieldError(
      pointer: pointer, expected: "one of \(known)", got: "\"\(name)\"",
      remedy: "write one of them")
  }

  /// As a request and the console write it.
  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("kind", .string(kind.rawValue))]
    if kind != .greedy { members.append(("lists", .number(Double(lists)))) }
    if !handMade.isEmpty {
      members.append(("hand_made", .array(handMade.map { .string($0.rawValue) })))
    }
    if searchedLists > 0 {
      members.append(("searched_lists", .number(Double(searchedLists))))
    }
    return .object(members)
  }
}
