import JSON
import Sessions

/// A decision as lines of the event log: the user's features, then the ranking with all candidates,
/// positions on the shown ones, and propensities where the list was one draw of the policy.
struct DecisionRecord {
  private var out: [UInt8] = []

  /// The lines of an answer, with a line end between but not behind.
  static func lines(_ answer: RankAnswer) -> [UInt8] {
    var record = DecisionRecord()
    record.out.reserveCapacity((answer.scanned?.body.count ?? 8192) + 4096)
    record.user(answer)
    record.ranking(answer)
    return record.out
  }

  /// Nothing for a user without features. Features of users come in events of their own.
  private mutating func user(_ answer: RankAnswer) {
    let user = answer.request.user
    guard !user.id.isEmpty else { return }
    let start = out.count
    text("{\"event\":\"user\",\"user\":")
    JSONValue.append(user.id, to: &out)
    time(answer)
    text(",\"fields\":")
    guard features(answer.scanned.map { ($0, $0.userFeatures) }, user.features) else {
      out.removeLast(out.count - start)
      return
    }
    text("}\n")
  }

  private mutating func ranking(_ answer: RankAnswer) {
    let (request, response) = (answer.request, answer.response)
    let id = response.requestID ?? ""
    text("{\"event\":\"ranking\",\"id\":")
    JSONValue.append(id, to: &out)
    time(answer)
    text(",\"user\":")
    // Everyone without an id is somebody else.
    JSONValue.append(request.user.id.isEmpty ? "anonymous-\(id)" : request.user.id, to: &out)
    text(",\"fields\":")
    if !features(answer.scanned.map { ($0, $0.contextFeatures) }, request.context) { text("{}") }
    origin(response)
    var places = [Int?](repeating: nil, count: request.items.count)
    for (place, item) in response.items.enumerated() { places[item.index] = place }
    text(",\"items\":[")
    for (index, item) in request.items.enumerated() {
      text(index == 0 ? "{\"id\":" : ",{\"id\":")
      JSONValue.append(item.id, to: &out)
      text(",\"fields\":")
      if !features(answer.scanned.map { ($0, $0.itemFeatures[index]) }, item.features) {
        text("{}")
      }
      if let place = places[index] {
        text(",\"position\":\(place + 1)")
        // A chance that rounds to 0 is no chance to a reader.
        if let chance = response.items[place].propensity {
          text(",\"propensity\":")
          JSONValue.append(max(chance, 1e-30), to: &out)
        }
      }
      text("}")
    }
    text("]}")
  }

  private mutating func origin(_ response: RankResponse) {
    text(",\"policy\":\"\(response.origin.source.rawValue)\"")
    if let fallback = response.origin.fallback { text(",\"fallback\":\"\(fallback.rawValue)\"") }
    text(",\"model\":")
    JSONValue.append(response.model, to: &out)
    text(",\"version\":")
    JSONValue.append(response.version, to: &out)
    text(",\"weights\":{")
    for (number, weight) in response.weights.enumerated() {
      if number > 0 { text(",") }
      JSONValue.append(weight.name, to: &out)
      text(":")
      JSONValue.append(weight.effective, to: &out)
    }
    text("}")
    for (key, value) in response.steering?.members ?? [] {
      text(",\"\(key)\":")
      value.append(to: &out)
    }
  }

  private mutating func time(_ answer: RankAnswer) {
    text(",\"timestamp\":")
    JSONValue.append((answer.time * 1000).rounded() / 1000, to: &out)
  }

  /// As they stood in the body, on one line, or written out; false where there are none.
  private mutating func features(
    _ scanned: (request: ScannedRequest, range: Range<Int>)?, _ features: FeatureMap
  ) -> Bool {
    guard let scanned else {
      guard !features.isEmpty else { return false }
      features.json.append(to: &out)
      return true
    }
    guard !scanned.range.isEmpty else { return false }
    let start = out.count
    out.append(contentsOf: scanned.request.body[scanned.range])
    // Line ends stand only between tokens: inside of texts JSON escapes them.
    for index in start..<out.count where out[index] < 0x20 { out[index] = 0x20 }
    return true
  }

  private mutating func text(_ text: String) { out.append(contentsOf: text.utf8) }
}
