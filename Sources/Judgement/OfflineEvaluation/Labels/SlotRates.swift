/// How much more or less feedback a slot gets than the first one: `p_t = mean_t / mean_1`, at
/// least 0.1.
///
/// A crude picture of position bias: it takes all of the decline for the position's doing,
/// although the log also placed better items on top. Read as propensities of attention, it
/// weights labels of low slots up too far (Joachims, Swaminathan and Schnabel, "Unbiased
/// learning-to-rank with biased feedback", WSDM 2017, randomise to avoid that).
package struct SlotRates: Sendable, Equatable {
  /// No label counts more than 10 times as much as one in the first slot.
  package static let floor = 0.1

  /// p_t from the top down; 1 for the first.
  package let relative: [Double]

  /// - Parameter labels: per session, the labels in the order in which its items were shown.
  /// - Returns: nil when the first slot never got anything.
  package init?(_ labels: [[Double]]) {
    var sums = [Double](repeating: 0, count: labels.map(\.count).max() ?? 0)
    var counts = sums
    for session in labels {
      for (slot, label) in session.enumerated() {
        sums[slot] += label
        counts[slot] += 1
      }
    }
    guard let first = sums.first, first > 0 else { return nil }
    let rate = first / counts[0]
    relative = zip(sums, counts).map { max(Self.floor, $0 / $1 / rate) }
  }

  /// What a label in a slot counts: `label / p_t`.
  func gain(_ label: Double, slot: Int) -> Double { label / relative[slot] }
}
