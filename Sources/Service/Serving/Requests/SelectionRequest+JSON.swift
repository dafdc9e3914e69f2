import CandidateSelection
import ConfigurationFields
import JSON
import Sessions

extension SelectionRequest {
  private static let place = "/candidates"

  /// From `{"keep", "by", "method", "quotas", "alike", "trade_off"}`.
  init(json: JSONValue) throws(FieldError) {
    _ = try json.fields(at: Self.place)
    let keys = SelectionConfiguration.fields.map(\.key)
    try json.refuseUnknownKeys(keys, at: Self.place)
    keep = try Self.whole("keep", of: json, at: Self.place)
    by = try json.optional("by")?.identifier(at: Self.place + "/by")
    if let value = json.optional("method") {
      guard let method = value.string.flatMap(SelectionMethod.init(rawValue:)) else {
        let known = SelectionMethod.allCases.map(\.rawValue).joined(separator: ", ")
        throw value.fault(Self.place + "/method", "one of \(known)", "write one of them")
      }
      self.method = method
    }
    if let values = try json.optional("quotas")?.values(at: Self.place + "/quotas") {
      var quotas: [SelectionQuota] = []
      for (index, value) in values.enumerated() {
        quotas.append(try SelectionQuota(json: value, at: Self.place + "/quotas/\(index)"))
      }
      self.quotas = quotas
    }
    if let values = try json.optional("alike")?.values(at: Self.place + "/alike") {
      var alike: [String] = []
      for (index, value) in values.enumerated() {
        alike.append(try value.identifier(at: Self.place + "/alike/\(index)"))
      }
      self.alike = alike
    }
    tradeOff = try json.optional("trade_off")?.finite(at: Self.place + "/trade_off")
  }

  static func whole(
    _ key: String, of json: JSONValue, at place: String
  ) throws(FieldError) -> Int? {
    try json.optional(key)?.index(at: "\(place)/\(key)")
  }
}

extension SelectionQuota {
  init(json: JSONValue, at place: String) throws(FieldError) {
    self.init()
    _ = try json.fields(at: place)
    try json.refuseUnknownKeys(Self.fields.map(\.key), at: place)
    group = try json.optional("group")?.identifier(at: place + "/group")
    flag = try json.optional("flag")?.identifier(at: place + "/flag")
    cap = try SelectionRequest.whole("cap", of: json, at: place)
    floor = try SelectionRequest.whole("floor", of: json, at: place)
    capShare = try json.optional("cap_share")?.finite(at: place + "/cap_share")
    floorShare = try json.optional("floor_share")?.finite(at: place + "/floor_share")
  }
}
