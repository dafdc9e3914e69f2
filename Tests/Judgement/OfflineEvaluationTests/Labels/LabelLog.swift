import Features
import OfflineEvaluation
import RandomStreams
import Sessions

/// A session whose items are shown in the order given.
///
/// - Parameter clicks: along `items`; nil for a session without this feedback.
func labelSession(
  _ id: String, user: String, _ items: [FeatureMap], clicks: [Float]?
) -> Session {
  Session(
    request: Request(
      id: id, user: User(id: user),
      candidates: items.enumerated().map { Candidate(id: "i\($0)", features: $1) }),
    time: 0, shown: Array(items.indices), feedback: clicks.map { ["click": $0] } ?? [:])
}

/// The same, of items that only hold their own label.
func labelSession(_ id: String, user: String, clicks: [Float]) -> Session {
  labelSession(
    id, user: user, clicks.map { ["truth": .number(Double($0))] }, clicks: clicks)
}

/// Sessions of six items, clicked where `2 a - b`, what the shop is worth and some noise are among
/// the two highest; shown in random order.
func plantedLabels(seed: UInt64, sessions: Int, users: Int) -> [Session] {
  (0..<sessions).map { number in
    var stream = RandomStream(seed: seed, "planted labels", request: UInt64(number))
    var items: [FeatureMap] = []
    var worth: [Double] = []
    for _ in 0..<6 {
      let (a, b, shop) = (stream.normal(), stream.normal(), stream.below(4))
      items.append([
        "a": .number(a), "cost": .number(b), "noise": .number(stream.normal()),
        "shop": .text("shop \(shop)"),
      ])
      worth.append(2 * a - b + Double(shop) + 0.2 * stream.normal())
    }
    let bound = worth.sorted(by: >)[1]
    return labelSession(
      "r\(seed)-\(number)", user: "u\(number % users)", items,
      clicks: worth.map { $0 >= bound ? 1 : 0 })
  }
}

func labelSchema(_ sessions: [Session]) throws -> FittedSchema {
  var fitter = SchemaFitter(SchemaConfiguration())
  for session in sessions { fitter.add(session) }
  return try fitter.fit(columns: [], feedback: ["click"])
}

/// Items by one of their numbers, highest first.
struct ByNumber: ListMethod {
  let feature: Int
  var sign: Float = 1

  init(_ name: String, _ schema: FittedSchema, sign: Float = 1) {
    feature = schema.layout.item.numbers.firstIndex(of: name) ?? -1
    self.sign = sign
  }

  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let (batch, width) = (requests.batch, requests.batch.item.numbers.count)
    return requests.lengths.enumerated().map { b, length in
      let count = batch.candidateCount(b)
      let numbers = (0..<count).map { item in
        sign
          * batch.item.numbers[
            (batch.offsets[b] + item) * (width / batch.item.rows) + feature]
      }
      return Array((0..<count).sorted { numbers[$0] > numbers[$1] }.prefix(length))
    }
  }
}
