import Features
import ListPolicy
import Objectives
import Sessions
import Statistics
import Tensors
import WorldTruth
import Worlds

/// What lists of one method are, by the truth of the world they are for.
struct MixedFigures {
  /// Reward by the true utilities, and true utilities, per request.
  var rewards: [Double]
  var utilities: [[Double]]
  /// Inserts per channel, per request.
  var inserts: [[Int]]
  /// Limits broken, over all requests.
  var violations: Int
  /// Milliseconds per list.
  var times: [Double]
}

/// Measures methods on held-out requests of a world.
struct MixedMeasurement {
  let world: any World
  let objectives: ObjectiveSet
  let weights: [Float]
  let channels: [FeedChannelDescription]
  let sessions: [Session]
  let encoded: [EncodedRequest]
  let workers: Workers

  func figures(_ method: MixedMethod) -> MixedFigures {
    let results = workers.map(sessions.count) { index in
      let start = ContinuousClock.now
      let list = method.list(sessions[index], encoded[index])
      let time = ContinuousClock.now - start
      let utilities = world.utilities(objectives, of: list, for: sessions[index].request)
      let flags = channels.map { channel in
        CandidateColumn(.flag, of: channel.flag).values(of: sessions[index].request.candidates)
      }
      var violations = 0
      var inserts: [Int] = []
      for (channel, column) in zip(channels, flags) {
        let own = list.map { column[$0] > 0 }
        inserts.append(own.count { $0 })
        violations += channel.violations(own, supply: column.count { $0 > 0 })
      }
      return (
        reward: Double(objectives.reward(utilities, weights: weights)),
        utilities: utilities.map(Double.init), inserts: inserts, violations: violations,
        time: Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) * 1e-15
      )
    }
    return MixedFigures(
      rewards: results.map(\.reward), utilities: results.map(\.utilities),
      inserts: results.map(\.inserts), violations: results.reduce(0) { $0 + $1.violations },
      times: results.map(\.time))
  }
}

/// Log loss of the clicks on shown inserts and on all shown items, by what someone expects of them.
struct MixedLoss {
  var inserts: Double?
  var all: Double?

  /// - Parameters:
  ///   - kind: name of the feedback.
  ///   - predicted: `[session][slot]`.
  init(
    _ sessions: [Session], kind: String, channels: [FeedChannelDescription],
    predicted: [[Double]]
  ) {
    var values: (inserts: [Double], all: [Double]) = ([], [])
    var labels: (inserts: [Double], all: [Double]) = ([], [])
    for (session, slots) in zip(sessions, predicted) {
      let candidates = session.request.candidates
      for (slot, item) in session.shown.enumerated() {
        guard let observed = session.feedback[kind]?[slot], !observed.isNaN else { continue }
        let isInsert = channels.contains { (candidates[item].features[$0.flag]?.number ?? 0) > 0 }
        values.all.append(slots[slot])
        labels.all.append(observed > 0 ? 1 : 0)
        if isInsert {
          values.inserts.append(slots[slot])
          labels.inserts.append(observed > 0 ? 1 : 0)
        }
      }
    }
    inserts = LogLoss.mean(probabilities: values.inserts, labels: labels.inserts)
    all = LogLoss.mean(probabilities: values.all, labels: labels.all)
  }
}

extension [Double] {
  /// 0 of nothing.
  var meanValue: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

  /// Of the mean, by the spread of the values.
  var standardError: Double {
    let middle = meanValue
    let squares = reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(Swift.max(1, count - 1)) / Double(Swift.max(1, count))).squareRoot()
  }
}

/// Four digits behind the point.
func fine(_ value: Double) -> String {
  let scaled = Int((value.magnitude * 10_000).rounded())
  let rest = String(scaled % 10_000)
  return (value < 0 ? "-" : "") + "\(scaled / 10_000)."
    + String(repeating: "0", count: 4 - rest.count) + rest
}
