import CandidateSelection
import JSON
import Sessions

/// A decision as lines of the event log: the user's features, then the ranking with all candidates
/// that the model saw (a fallback saw all there are), positions on the shown ones, what the list was restricted to, and propensities where it was one
/// draw of the policy.
struct DecisionRecord {
  private let answer: RankAnswer

  /// The lines of an answer, with a line end between but not behind.
  static func lines(_ answer: RankAnswer) -> [UInt8] {
    let record = DecisionRecord(answer: answer)
    return JSONWriter.bytes(capacity: (answer.scanned?.body.count ?? 8192) + 4096) { out in
      record.writeUser(to: &out)
      out.object { record.writeRanking(to: &$0) }
    }
  }

  /// Nothing for a user without features. Features of users come in events of their own.
  private func writeUser(to out: inout JSONWriter) {
    let user = answer.request.user
    guard !user.id.isEmpty, hasFeatures(answer.scanned?.userFeatures, user.features) else { return }
    out.object { out in
      out.member("event", "user")
      out.member("user", user.id)
      writeTime(to: &out)
      writeFeatures(answer.scanned?.userFeatures, user.features, to: &out)
    }
    out.bytes.append(UInt8(ascii: "\n"))
  }

  private func writeRanking(to out: inout JSONWriter) {
    let (request, response) = (answer.request, answer.response)
    let id = response.requestID ?? ""
    out.member("event", "ranking")
    out.member("id", id)
    writeTime(to: &out)
    // Everyone without an id is somebody else.
    out.member("user", request.user.id.isEmpty ? "anonymous-\(id)" : request.user.id)
    writeFeatures(answer.scanned?.contextFeatures, request.context, to: &out)
    writeOrigin(response, to: &out)
    if let masks = request.masks {
      out.key("masks")
      out.write(masks.json)
    }
    // Chances are among what the policy chose from.
    let seen = response.origin.fallback == nil ? request.plan.selected.map { Set($0.kept) } : nil
    var places = [Int?](repeating: nil, count: request.items.count)
    for (place, item) in response.items.enumerated() { places[item.index] = place }
    out.key("items")
    out.array { out in
      for (index, item) in request.items.enumerated() where seen?.contains(index) ?? true {
        out.object { out in
          out.member("id", item.id)
          writeFeatures(answer.scanned?.itemFeatures[index], item.features, to: &out)
          guard let place = places[index] else { return }
          out.member("position", place + 1)
          // A chance that rounds to 0 is no chance to a reader.
          if let chance = response.items[place].propensity {
            out.member("propensity", max(chance, 1e-30))
          }
        }
      }
    }
  }

  private func writeOrigin(_ response: RankResponse, to out: inout JSONWriter) {
    out.member("policy", response.origin.source.rawValue)
    if let fallback = response.origin.fallback { out.member("fallback", fallback.rawValue) }
    out.member("model", response.model)
    out.member("version", response.version)
    out.key("weights")
    out.object { out in
      for weight in response.weights { out.member(weight.name, weight.effective) }
    }
    for (key, value) in response.steering?.members ?? [] { out.member(key, value) }
  }

  private func writeTime(to out: inout JSONWriter) {
    out.member("timestamp", (answer.time * 1000).rounded() / 1000)
  }

  private func hasFeatures(_ scanned: Range<Int>?, _ features: FeatureMap) -> Bool {
    scanned.map { !$0.isEmpty } ?? !features.isEmpty
  }

  /// As they stood in the body, on one line, or written out.
  private func writeFeatures(
    _ scanned: Range<Int>?, _ features: FeatureMap, to out: inout JSONWriter
  ) {
    out.key("fields")
    guard let scanned, let body = answer.scanned?.body else { return out.write(features.json) }
    guard !scanned.isEmpty else { return out.write(json: "{}".utf8) }
    let start = out.bytes.count
    out.write(json: body[scanned])
    // Line ends stand only between tokens: inside of texts JSON escapes them.
    for index in start..<out.bytes.count where out.bytes[index] < 0x20 { out.bytes[index] = 0x20 }
  }
}
