import Calibration
import EventIngest
import Features
import Foundation
import Synchronization

/// Watches upstream scores while they are served: their histograms against those of training, and
/// what was promised for shown items against what was reported of them.
///
/// There is a series for each score and each version that the model knows, and one more for all
/// others, so the number of series is bounded by the checkpoint.
final class ScoreMonitor: Sendable {
  struct Key: Hashable, Comparable {
    var score: String
    var version: String

    static func < (a: Key, b: Key) -> Bool { (a.score, a.version) < (b.score, b.version) }
  }

  struct Series: Sendable {
    /// Of the scores as they came; older ones count less. Nil where training has none.
    var histogram: ScoreHistogram?
    var earlier: ScoreHistogram?
    /// Sum of the calibrated chances of shown items, and how many of them got the label.
    var predicted = 0.0
    var observed = 0.0

    /// Nil as long as few scores came.
    var stability: Double? {
      guard let histogram, let earlier, histogram.rows >= ScoreMonitor.fewest else { return nil }
      return histogram.stability(against: earlier)
    }
  }

  /// The version of all that the model has no map for.
  static let unknown = "(unknown)"
  /// Scores below which a PSI proves nothing.
  static let fewest = 500.0
  /// Scores after which an earlier one counts 1/e.
  private static let memory = 50_000.0
  /// Lists whose labels are waited for.
  private static let mostLists = 20_000

  fileprivate struct State {
    var series: [Key: Series] = [:]
    var unknown: [String: UInt64] = [:]
    /// By ranking, then by item and score: which series waits for a label.
    var lists: [String: [Waiting: Key]] = [:]
    var order: [String] = []
    var next = 0
  }

  fileprivate struct Waiting: Hashable {
    var item: String
    var score: Int
  }

  let scores: [FittedScore]
  private let state: Mutex<State>

  init(_ scores: [FittedScore]) {
    self.scores = scores
    var first = State()
    for score in scores {
      first.unknown[score.name] = 0
      for map in score.versions {
        first.series[Key(score: score.name, version: map.version)] = Series(
          histogram: map.histogram?.emptied, earlier: map.histogram)
      }
      let latest = score.versions.last?.histogram
      first.series[Key(score: score.name, version: Self.unknown)] = Series(
        histogram: latest?.emptied, earlier: latest)
    }
    state = Mutex(first)
  }

  var series: [(key: Key, value: Series)] {
    state.withLock { $0.series.sorted { $0.key < $1.key } }
  }

  /// Requests with a version that the model has no map for, by score.
  var unknownRequests: [String: UInt64] { state.withLock { $0.unknown } }

  /// Counts a list that is about to be sent.
  ///
  /// - Parameter waits: whether the service takes feedback, so that labels can be waited for.
  func observe(_ answer: RankAnswer, waits: Bool) {
    state.withLock { state in
      for unknown in Set(answer.oddities.unknownVersions.map(\.score)) {
        state.unknown[unknown, default: 0] += 1
      }
      var waiting: [Waiting: Key] = [:]
      for (number, (score, rows)) in zip(scores, answer.scores).enumerated() {
        let scale = score.configuration.scale
        let keys = rows.versions.map { version in
          Key(
            score: score.name,
            version: score.known(version) == nil ? Self.unknown : version)
        }
        for (key, came) in zip(keys, rows.came) {
          guard let came else { continue }
          state.series[key]?.histogram?.add(scale.logOdds(came))
        }
        for key in Set(keys) {
          let count = Double(keys.count { $0 == key })
          state.series[key]?.histogram?.fade(by: exp(-count / Self.memory))
        }
        guard waits else { continue }
        for item in answer.response.items {
          guard let value = rows.calibrated[item.index] else { continue }
          state.series[keys[item.index]]?.predicted += scale.chance(value)
          waiting[Waiting(item: item.id, score: number)] = keys[item.index]
        }
      }
      if let id = answer.response.requestID, !waiting.isEmpty {
        state.wait(for: waiting, of: id, most: Self.mostLists)
      }
    }
  }

  /// Counts labels, once for each shown item.
  func observe(_ interactions: [InteractionEvent]) {
    state.withLock { state in
      for event in interactions where (event.value ?? 1) > 0 {
        for (number, score) in scores.enumerated() where score.configuration.label == event.type {
          let waiting = Waiting(item: event.item, score: number)
          if let key = state.lists[event.ranking]?.removeValue(forKey: waiting) {
            state.series[key]?.observed += 1
          }
        }
      }
    }
  }
}

extension ScoreMonitor.State {
  /// Forgets the oldest list when there are too many.
  fileprivate mutating func wait(
    for items: [ScoreMonitor.Waiting: ScoreMonitor.Key], of list: String, most: Int
  ) {
    guard lists.updateValue(items, forKey: list) == nil else { return }
    if order.count < most {
      order.append(list)
    } else {
      lists[order[next]] = nil
      order[next] = list
      next = (next + 1) % most
    }
  }
}
