import EvaluatorModel
import Foundation

/// What the attention sees of the reference, beside the candidates themselves.
///
/// The network would have to learn again from features what the evaluators know of a candidate; and
/// whether an item should stand here or further down depends on what is left and on what it does to
/// those that follow, which the logit of a greedy step does not say.
extension ReferencePolicy.Prepared.Request {
  /// Writes `ReferencePolicy.valuesWidth` numbers for each candidate that is left, 0 for the others:
  ///
  /// - for every predicted objective its gain and how far that is below the best that is left,
  /// - the same for the whole logit,
  /// - the share of the list that is written,
  /// - what it does to the candidates that are likely to follow: to what rules gain by them, and for
  ///   every predicted objective to its gain by them.
  ///
  /// All but the share in standard deviations of the first place, within 4.
  mutating func write(
    _ step: ReferencePolicy.Prepared.Step, after placed: [Int], into out: inout [Float], base: Int,
    stride: Int
  ) {
    var isOpen = [Bool](repeating: true, count: candidates)
    for item in placed { isOpen[item] = false }
    func put(_ column: Int, _ value: (Int) -> Float) {
      var best = -Float.infinity
      for i in 0..<candidates where isOpen[i] { best = max(best, value(i)) }
      for i in 0..<candidates where isOpen[i] {
        let own = value(i)
        out[base + i * stride + column] = min(max(own, -4), 4)
        out[base + i * stride + column + 1] = max(own - best, -4)
      }
    }
    for (number, factor) in factors.enumerated() {
      let (mean, deviation) = (means[number], deviations[number])
      put(2 * factor.place) { (step.gains[number][$0] - mean) / deviation }
    }
    put(2 * termCount) { step.logits[$0] / sharpness }
    let written = Float(placed.count) / Float(length)
    for i in 0..<candidates where isOpen[i] {
      out[base + i * stride + 2 * termCount + 2] = written
    }
    let followers = self.followers(step, isOpen: isOpen, places: length - placed.count - 1)
    let first = base + 2 * termCount + 3
    for (follower, change) in zip(followers, ruleChanges(followers, after: placed)) {
      out[first + follower.candidate * stride] = change
    }
    for (number, factor) in factors.enumerated() {
      for follower in followers {
        out[first + follower.candidate * stride + 1 + factor.place] = gainChange(
          number, by: follower.candidate, followers, step)
      }
    }
  }

  /// A candidate that may follow, and roughly how likely it is to.
  private typealias Follower = (candidate: Int, chance: Float)

  /// Candidates that are looked at as what may follow: enough for the rest of a list, few enough to
  /// look at all pairs.
  private static let followerCount = 12

  /// The likeliest candidates for the places that are left below; none where there are no such places.
  private func followers(
    _ step: ReferencePolicy.Prepared.Step, isOpen: [Bool], places: Int
  ) -> [Follower] {
    guard places > 0, scale > 0 else { return [] }
    let likely = isOpen.indices.filter { isOpen[$0] }
      .sorted { step.logits[$0] > step.logits[$1] }.prefix(Self.followerCount)
    guard let best = likely.first.map({ step.logits[$0] }) else { return [] }
    // Two logits per standard deviation: softer than the reference, since much may still change.
    let parts = likely.map { exp(2 * (step.logits[$0] - best) / sharpness) }
    let sum = parts.reduce(0, +)
    return zip(likely, parts).map { ($0, min(1, $1 * Float(places) / sum)) }
  }

  /// For each of the followers, put in this place: what it changes in the others' increments by rules.
  private func ruleChanges(_ followers: [Follower], after placed: [Int]) -> [Float] {
    func increments(_ placed: [Int]) -> [Float] {
      var sums = [Float](repeating: 0, count: candidates)
      for (rule, factor) in rules { add(rule, scaledBy: factor, after: placed, to: &sums) }
      return sums
    }
    let now = increments(placed)
    return followers.map { own in
      let then = increments(placed + [own.candidate])
      var change: Float = 0
      for other in followers where other.candidate != own.candidate {
        change += other.chance * (then[other.candidate] - now[other.candidate])
      }
      return min(max(change * scale / sharpness, -4), 4)
    }
  }

  /// What candidate i in this place changes in a predicted objective's gains by the others, as far as
  /// the evaluators' relations to all items above tell.
  private mutating func gainChange(
    _ number: Int, by i: Int, _ followers: [Follower], _ step: ReferencePolicy.Prepared.Step
  ) -> Float {
    let head = factors[number].head
    guard let below = terms?.below(i)?[head] else { return 0 }
    var change: Float = 0
    for other in followers where other.candidate != i {
      let slope =
        kinds[head].kind == .binary ? step.slopes[number][other.candidate] : kinds[head].unit
      change += other.chance * slope * below[other.candidate]
    }
    return min(max(change / deviations[number], -4), 4)
  }
}
