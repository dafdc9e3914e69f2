/// What a fader between two objectives does: how much of its range each keeps where both have half
/// of the weight and no other has any.
package struct TradeOff: Codable, Sendable, Equatable {
  /// Names of the objectives.
  package let first: String
  package let second: String
  /// Utilities as the training evaluators see them.
  package let byEvaluators: TradeOffFigures
  /// By the world's truth; nil where it is not known.
  package let byTruth: TradeOffFigures?

  /// `click/shops`: where it stands in the report.
  package var key: String { "\(first)/\(second)" }

  enum CodingKeys: String, CodingKey {
    case first, second
    case byEvaluators = "by_evaluators"
    case byTruth = "by_truth"
  }

  package init(
    first: String, second: String, byEvaluators: TradeOffFigures, byTruth: TradeOffFigures?
  ) {
    self.first = first
    self.second = second
    self.byEvaluators = byEvaluators
    self.byTruth = byTruth
  }
}

/// A trade-off in one viewpoint's eyes.
package struct TradeOffFigures: Codable, Sendable, Equatable {
  /// Smallest range of both objectives, in their scales, from which there is something to trade.
  package static let smallestRange = 0.05

  /// One of the two objectives, mean utilities of the lists in raw units.
  package struct Side: Codable, Sendable, Equatable {
    /// With all weight on itself.
    package let own: Double
    /// With half of the weight on each of the two.
    package let midpoint: Double
    /// With all weight on the other one.
    package let other: Double
    /// `(own - other) / scale`; below 0 where its own weight does it harm.
    package let range: Double
    /// `(midpoint - other) / (own - other)`: 0 as with the other's weight alone, 1 as with its own;
    /// nil where the range is not above 0.
    package let kept: Double?

    package init(own: Double, midpoint: Double, other: Double, scale: Double) {
      self.own = own
      self.midpoint = midpoint
      self.other = other
      range = (own - other) / scale
      kept = own > other ? (midpoint - other) / (own - other) : nil
    }
  }

  package let first: Side
  package let second: Side
  /// Whether both ranges are at least `smallestRange`: else there is nothing to share out.
  package let isTradeOff: Bool

  enum CodingKeys: String, CodingKey {
    case first, second
    case isTradeOff = "is_trade_off"
  }

  package init(first: Side, second: Side) {
    self.first = first
    self.second = second
    isTradeOff = min(first.range, second.range) >= Self.smallestRange
  }
}

extension EvaluationReport {
  /// In the order of the objectives.
  var orderedTradeOffs: [TradeOff] {
    func place(_ name: String) -> Int { objectives.firstIndex(of: name) ?? objectives.count }
    return (tradeOffs ?? [:]).values.sorted {
      (place($0.first), place($0.second)) < (place($1.first), place($1.second))
    }
  }

  var tradeOffNote: String {
    "Two faders half up, all others down. Keeps %: of an objective's range, which is its utility with "
      + "all weight on itself less that with all weight on the other. 100 and 0 is a switch, about 50 "
      + "and 50 a fader. Trades: both ranges, here in scales, are at least "
      + "\(Figures.plain(TradeOffFigures.smallestRange))."
  }

  /// A row per pair and viewpoint: two names, who says so, what both keep in percent, their ranges,
  /// whether there is something to trade.
  func tradeOffRows(nameLength: Int) -> [[String]] {
    orderedTradeOffs.flatMap { pair in
      [("evaluators", pair.byEvaluators), ("truth", pair.byTruth)].compactMap { who, figures in
        figures.map { figures in
          let sides = [figures.first, figures.second]
          return [pair.first, pair.second].map { Figures.shortened($0, to: nameLength) } + [who]
            + sides.map { $0.kept.map(Figures.percentNumber) ?? "–" }
            + sides.map { Figures.plain($0.range) } + [figures.isTradeOff ? "yes" : "no"]
        }
      }
    }
  }
}
