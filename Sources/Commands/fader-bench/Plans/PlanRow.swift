import Benchmarking
import FeedPlanning
import Foundation

/// One kind of feed: times of the exact plan, and what other methods lose against it.
struct PlanRow {
  let kind: PlanKind
  private(set) var exact: [Double] = []
  private(set) var several: [Double] = []
  /// Feeds whose search ended at its limit, for the best plan and for several.
  private(set) var unproven = 0
  private(set) var severalUnproven = 0
  private var others: [Other]

  private struct Other {
    let name: String
    let method: FeedMethod
    var seconds: [Double] = []
    /// Of what the exact plan adds to the list without inserts, the share that is lost.
    var losses: [Double] = []
    /// The same as a share of the exact plan's value.
    var ofValue: [Double] = []
    var missing = 0
  }

  init(_ kind: PlanKind, beam: Int, slots: [[Int]], threshold: Double) {
    self.kind = kind
    others = [
      Other(name: "beam", method: .beam(width: beam)),
      Other(name: "fixed_slots", method: .fixedSlots(slots)),
      Other(name: "threshold", method: .threshold(threshold)),
    ]
  }

  mutating func measure(_ problem: FeedProblem, count: Int) throws {
    var best: FeedPlan?
    exact.append(try processorSeconds { best = try FeedPlanner.plan(problem) })
    var top: [FeedPlan] = []
    several.append(
      try processorSeconds { top = try FeedPlanner.plans(problem, count: count) })
    if !top.allSatisfy(\.isProven) { severalUnproven += 1 }
    guard let best else { return }
    if !best.isProven { unproven += 1 }
    let without = problem.value(of: (0..<problem.slots).map { .organic($0) })
    for index in others.indices {
      var plan: FeedPlan?
      let method = others[index].method
      others[index].seconds.append(
        processorSeconds { plan = try? FeedPlanner.plan(problem, method: method) })
      guard let plan else {
        others[index].missing += 1
        continue
      }
      let loss = best.value - plan.value
      others[index].losses.append(loss / max(best.value - without, 1e-12))
      others[index].ofValue.append(loss / best.value)
    }
  }

  var figures: Figures {
    var figures: Figures = [
      ("exact_ms", Statistics.median(exact) * 1000),
      ("exact_p99_ms", Statistics.quantile(0.99, of: exact) * 1000),
      ("several_ms", Statistics.median(several) * 1000),
      ("several_p99_ms", Statistics.quantile(0.99, of: several) * 1000),
      ("unproven", Double(unproven)), ("several_unproven", Double(severalUnproven)),
    ]
    for other in others {
      figures += [
        ("\(other.name)_ms", Statistics.median(other.seconds) * 1000),
        ("\(other.name)_loss", mean(other.losses)),
        ("\(other.name)_worst_loss", other.losses.max() ?? .nan),
        ("\(other.name)_loss_of_value", mean(other.ofValue)),
        ("\(other.name)_without_plan", Double(other.missing)),
      ]
    }
    return figures
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}

/// Seconds of processor time of this process: other programs of the machine do not count.
private func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
  let start = clock()
  try body()
  // POSIX: a million to the second, whatever the clock's own step.
  return Double(clock() - start) / 1e6
}
