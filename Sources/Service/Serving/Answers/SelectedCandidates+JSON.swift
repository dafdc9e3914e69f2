import CandidateSelection
import JSON

extension SelectedCandidates {
  /// As an answer tells it: how many there were and are, and by which rule the others were left out.
  var json: JSONValue {
    let cut = cut.map { part in
      var members: [(key: String, value: JSONValue)] = [("by", .string(part.reason.rawValue))]
      if let feature = part.feature { members.append(("feature", .string(feature))) }
      members.append(("count", .number(Double(part.count))))
      return JSONValue.object(members)
    }
    var members: [(key: String, value: JSONValue)] = [
      ("open", .number(Double(open))), ("kept", .number(Double(kept.count))),
      ("cut", .array(cut)),
    ]
    if !loosened.isEmpty { members.append(("loosened", .array(loosened.map(Self.json)))) }
    if !short.isEmpty { members.append(("short", .array(short.map(Self.json)))) }
    return .object(members)
  }

  private static func json(_ miss: Miss) -> JSONValue {
    .object([("feature", .string(miss.feature)), ("items", .number(Double(miss.items)))])
  }
}
