import EvaluatorModel
import Features

/// The predictors that an evaluator has to beat to be of any use, fitted on training sessions: the
/// mean per slot, and the best single number that the log holds for an item.
struct TrivialPredictors: Sendable {
  /// Mean of each slot, by head.
  let slotMeans: [[Double]]
  private let scores: [BinnedScore]

  /// - Parameters:
  ///   - limit: sessions looked at.
  init(
    _ cache: SessionCache, heads: [EvaluatorHead], slots: Int, layout: FeatureLayout,
    limit: Int = 8192
  ) throws {
    let sessions = try cache.sessions(at: cache.spread(limit))
    slotMeans = heads.indices.map { h in
      var sums = [Double](repeating: 0, count: slots)
      var counts = sums
      for session in sessions {
        for (t, value) in session.feedback[h].prefix(slots).enumerated() where !value.isNaN {
          sums[t] += Double(value)
          counts[t] += 1
        }
      }
      let overall = sums.reduce(0, +) / max(1, counts.reduce(0, +))
      // A slot that was never seen takes the mean over all slots.
      return zip(sums, counts).map { $1 > 0 ? $0 / $1 : overall }
    }
    scores = layout.item.numbers.indices.map { feature in
      BinnedScore(sessions, feature: feature, heads: heads.count, slots: slots)
    }
  }

  /// What each slot's mean predicts for the slots of `held`.
  func slotMeanPredictions(_ held: HeadPredictions, head h: Int) -> [Double] {
    held.slot.map { slotMeans[h][$0] }
  }

  /// What the number of an item with the lowest loss on `held` predicts, and its name; nil without
  /// any number.
  ///
  /// - Parameter sessions: those that `held` comes from.
  func bestScorePredictions(
    _ held: HeadPredictions, _ sessions: [EncodedSession], head: EvaluatorHead, at h: Int,
    slots: Int, layout: FeatureLayout
  ) -> (predicted: [Double], name: String)? {
    let candidates = scores.map { score in
      let predicted = score.predictions(sessions, head: h, slots: slots)
      return (
        predicted: predicted, name: layout.item.numbers[score.feature],
        loss: mean(held.losses(head, predicted))
      )
    }
    return candidates.min { $0.loss < $1.loss }.map { ($0.predicted, $0.name) }
  }
}

/// One number of an item turned into a prediction: the mean feedback among training slots whose
/// number falls into the same of 20 equally filled bins.
private struct BinnedScore: Sendable {
  static let bins = 20

  let feature: Int
  /// Upper edges of all bins but the last.
  private let edges: [Float]
  /// `[head][bin]`
  private let means: [[Double]]

  init(_ sessions: [EncodedSession], feature: Int, heads: Int, slots: Int) {
    self.feature = feature
    var values: [Float] = []
    for session in sessions {
      for item in session.shown.prefix(slots) {
        values.append(BinnedScore.value(session, Int(item), feature))
      }
    }
    let sorted = values.sorted()
    edges = sorted.isEmpty ? [] : (1..<Self.bins).map { sorted[$0 * sorted.count / Self.bins] }
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: Self.bins), count: heads)
    var counts = sums
    for session in sessions {
      for (t, item) in session.shown.prefix(slots).enumerated() {
        let bin = BinnedScore.bin(BinnedScore.value(session, Int(item), feature), edges)
        for h in 0..<heads where !session.feedback[h][t].isNaN {
          sums[h][bin] += Double(session.feedback[h][t])
          counts[h][bin] += 1
        }
      }
    }
    means = (0..<heads).map { h in
      let overall = sums[h].reduce(0, +) / max(1, counts[h].reduce(0, +))
      // One pseudo-count of the overall mean keeps an empty or tiny bin from saying 0 or 1.
      return zip(sums[h], counts[h]).map { ($0 + overall) / ($1 + 1) }
    }
  }

  /// Predictions for the observed slots, session by session.
  func predictions(_ sessions: [EncodedSession], head h: Int, slots: Int) -> [Double] {
    var predicted: [Double] = []
    for session in sessions {
      for (t, item) in session.shown.prefix(slots).enumerated()
      where !session.feedback[h][t].isNaN {
        predicted.append(means[h][BinnedScore.bin(Self.value(session, Int(item), feature), edges)])
      }
    }
    return predicted
  }

  private static func value(_ session: EncodedSession, _ item: Int, _ feature: Int) -> Float {
    let side = session.request.item
    return side.numbers[item * (side.numbers.count / side.rows) + feature]
  }

  private static func bin(_ value: Float, _ edges: [Float]) -> Int {
    edges.firstIndex { value < $0 } ?? edges.count
  }
}
