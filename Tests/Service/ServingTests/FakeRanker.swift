import Foundation
import JSON
import Serving
import Sessions

/// Orders by the weighted sum of the features named like the objectives; pinned and banned items
/// as asked. Some user ids make it misbehave.
struct FakeRanker: ListRanker {
  struct Broken: Error {}

  var listLengths = 1...1000

  var description: ModelDescription {
    ModelDescription(
      name: "fake", version: "1",
      objectives: [
        .init(name: "click", definition: "sum(click)", scale: 0.5, trainedWeights: 0...1),
        .init(name: "cold_start", definition: "share(cold)", scale: 0.1),
      ],
      schema: .init(item: [.init(name: "click", kind: "number")]), listLengths: listLengths)
  }

  func rank(_ request: RankRequest) throws -> RankResponse {
    switch request.user.id {
    case "breaks": throw Broken()
    case "refused":
      throw RankError(.constraint, pointer: "/user", detail: "expected another user, got this")
    case "slow": Thread.sleep(forTimeInterval: 0.5)
    default: break
    }
    let size = request.size ?? 0
    let weights = request.weights ?? [:]
    let pinned = Dictionary(uniqueKeysWithValues: request.pins.map { ($0.position, $0.id) })
    let taken = Set(request.pins.map(\.id)).union(request.ban)
    var free = request.items.indices.filter { !taken.contains(request.items[$0].id) }
      .sorted { score(request, $0, weights) > score(request, $1, weights) }[...]
    var items: [RankResponse.Item] = []
    for position in 1...max(size, 1) {
      let pin = request.items.firstIndex { $0.id == pinned[position] }
      guard let index = pin ?? free.popFirst() else { throw Broken() }
      items.append(
        .init(
          id: request.items[index].id, index: index, position: position, logProbability: -0.5))
    }
    return RankResponse(
      items: items,
      weights: weights.sorted { $0.key < $1.key }.map { .init(name: $0.key, effective: $0.value) },
      utilities: [.init(name: "click", value: 2.5)], reward: 1.25, model: "fake", version: "1")
  }

  private func score(_ request: RankRequest, _ index: Int, _ weights: [String: Double]) -> Double {
    weights.reduce(0) {
      $0 + $1.value * (request.items[index].features[$1.key]?.number ?? 0)
    }
  }
}

/// A request with `count` items i0, i1, ...; `click` rises and `cold_start` falls along them.
func body(_ count: Int = 4, _ more: [(String, JSONValue)] = []) -> JSONValue {
  let items = (0..<count).map { i -> JSONValue in
    [
      "id": .string("i\(i)"),
      "features": ["click": .number(Double(i)), "cold_start": .number(Double(-i))],
    ]
  }
  let members: [(key: String, value: JSONValue)] = [
    ("user", ["id": "u", "features": ["age": 30]]), ("items", .array(items)),
  ]
  return .object(members + more.map { (key: $0.0, value: $0.1) })
}
