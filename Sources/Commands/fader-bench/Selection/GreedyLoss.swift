import CandidateSelection
import RandomStreams

/// Made-up candidates of some types and sellers, of which the first few are large.
struct QuotaInstance {
  let scores: [Double]
  let left: QuotaPartition
  let right: QuotaPartition
  let keep: Int

  init(count: Int, keep: Int, hasFloors: Bool, number: UInt64) {
    var random = RandomStream(seed: 1, "bench.quotas", step: number)
    self.keep = keep
    // Squared, so that some types and sellers have many items and most have few.
    func group(_ groups: Int) -> Int {
      let draw = random.uniform()
      return Int(draw * draw * Double(groups))
    }
    let types = max(3, count / 30)
    let sellers = max(4, count / 4)
    let kinds = (0..<count).map { _ in group(types) }
    // A type's items score alike, as where one of them fills the head of the upstream order.
    let appeal = (0..<types).map { _ in random.normal() }
    scores = kinds.map { appeal[$0] + random.normal() }
    let most = max(2, 2 * keep / types)
    left = QuotaPartition(groups: kinds, cap: most, floor: hasFloors ? max(1, keep / 25) : 0)
    right = QuotaPartition(
      groups: (0..<count).map { _ in group(sellers) }, cap: max(1, keep / 16), floor: 0)
  }

  var exact: [Int] { quotaSelection(scores: scores, left: left, right: right, keep: keep) }
  var greedy: [Int] { greedySelection(scores: scores, left: left, right: right, keep: keep) }

  /// Items beyond caps and places of floors that are missed.
  func missed(_ kept: [Int]) -> Int {
    [left, right].reduce(0) {
      $0 + $1.excess(of: kept).reduce(0, +) + $1.lacking(of: kept).reduce(0, +)
    }
  }

  func score(_ kept: [Int]) -> Double { kept.reduce(0) { $0 + scores[$1] } }
}

/// How often and by how much the greedy selection falls short of the exact one.
struct GreedyLoss {
  private var broken = 0
  private var brokenItems = 0
  private var lower = 0
  private var loss = 0.0
  private var worst = 0.0
  private let instances: Int

  init(instances: Int, count: Int, keep: Int, hasFloors: Bool) {
    self.instances = instances
    for number in 0..<instances {
      let one = QuotaInstance(
        count: count, keep: keep, hasFloors: hasFloors, number: UInt64(number))
      let (exact, greedy) = (one.exact, one.greedy)
      let more = one.missed(greedy) - one.missed(exact)
      if more > 0 {
        broken += 1
        brokenItems += more
      } else if one.score(exact) - one.score(greedy) > 1e-9 {
        lower += 1
        // In units of what the exact selection is above one of average items.
        let mean = one.scores.reduce(0, +) / Double(count) * Double(keep)
        let share = (one.score(exact) - one.score(greedy)) / max(one.score(exact) - mean, 1e-9)
        loss += share
        worst = max(worst, share)
      }
    }
  }

  var figures: Figures {
    [
      ("instances", Double(instances)), ("greedy_breaks_a_quota_needlessly", Double(broken)),
      ("items_there", broken == 0 ? 0 : Double(brokenItems) / Double(broken)),
      ("greedy_scores_lower", Double(lower)),
      ("mean_loss_there", lower == 0 ? 0 : loss / Double(lower)), ("worst_loss", worst),
    ]
  }
}
