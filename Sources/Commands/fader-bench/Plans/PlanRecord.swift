import FeedPlanning
import JSON

/// A feed and our plan of it as one line of JSON, for solvers outside of the product.
enum PlanRecord {
  static func json(_ problem: FeedProblem, _ plan: FeedPlan?, kind: String) -> JSONValue {
    let pinned = problem.fixed.sorted { $0.key < $1.key }
    return [
      "kind": .string(kind), "slots": .number(Double(problem.slots)),
      "view_chances": numbers(problem.viewChances), "organic": rows(problem.organic),
      "channels": .array(problem.channels.map(channel)),
      "fixed": .array(pinned.map { ["slot": .number(Double($0.key)), "item": item($0.value)] }),
      "value": plan.map { .number($0.value) } ?? .null,
      "proven": .bool(plan?.isProven ?? true),
      "choices": .array((plan?.choices ?? []).map(item)),
    ]
  }

  private static func channel(_ channel: FeedChannel) -> JSONValue {
    [
      "inserts": rows(channel.inserts), "ordered": .bool(channel.ordered),
      "gap": .number(Double(channel.gap)), "first": .number(Double(channel.first)),
      "minimum": .number(Double(channel.minimum)),
      "maximum": .number(Double(min(channel.maximum, channel.inserts.count))),
      "share": channel.share.map { .number($0) } ?? .null,
    ]
  }

  /// Channel -1 is that of organic items.
  private static func item(_ choice: FeedChoice) -> JSONValue {
    switch choice {
    case .organic(let item): ["channel": -1, "index": .number(Double(item))]
    case .insert(let channel, let index):
      ["channel": .number(Double(channel)), "index": .number(Double(index))]
    }
  }

  private static func numbers(_ values: [Double]) -> JSONValue {
    .array(values.map { .number($0) })
  }

  private static func rows(_ rows: [[Double]]) -> JSONValue { .array(rows.map(numbers)) }
}
