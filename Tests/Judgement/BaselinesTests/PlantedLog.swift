import Baselines
import EvaluatorModel
import Features
import Foundation
import OfflineEvaluation
import PointwiseModel
import RandomStreams
import Sessions
import TinyModels
import Training

/// Logged sessions whose clicks follow a known law:
/// `P(click) = sigmoid(-0.5 + 1.5 quality + taste age - 0.6 slot)`, slots from 0.
struct PlantedLog {
  static let heads = [EvaluatorHead(feedback: "click", kind: .binary)]

  var sessions: [EncodedSession]

  /// - Parameter order: the list that is shown; random when nil.
  init(seed: UInt64, count: Int, length: Int = 4, order: ((EncodedRequest) -> [Int])? = nil) {
    var stream = RandomStream(seed: seed, "planted log")
    let requests = tinyRequests(
      seed: seed, candidates: (0..<count).map { _ in stream.below(5) + 8 })
    sessions = requests.map { request in
      let list = order?(request) ?? stream.permutation(request.candidateCount)
      let shown = list.prefix(length)
      let clicks = shown.enumerated().map { slot, candidate -> Float in
        let logOdds = PlantedLog.worth(request, candidate) - 0.6 * Double(slot)
        return stream.uniform() < 1 / (1 + exp(-logOdds)) ? 1 : 0
      }
      return EncodedSession(
        request: request, shown: shown.map { Int32($0) }, feedback: [clicks], userKey: 0, time: 0)
    }
  }

  /// Log-odds of a click in the first slot.
  static func worth(_ request: EncodedRequest, _ candidate: Int) -> Double {
    let (quality, age) = (
      request.item.numbers[2 * candidate], request.item.numbers[2 * candidate + 1]
    )
    return -0.5 + 1.5 * Double(quality) + Double(request.user.numbers[0] * age)
  }

  /// Runs `body` with a cache of the sessions.
  func withCache(_ body: (SessionCache) throws -> Void) throws {
    try withTemporaryPath("baselines") { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let writer = try SessionCacheWriter(path: "\(folder)/log.cache", fingerprint: 1)
      for session in sessions { try writer.append(session) }
      try writer.finish()
      try body(try SessionCache(path: "\(folder)/log.cache"))
    }
  }

  /// Chances of a click, summed over the lists' items as if each stood in the first slot; 0 for
  /// shuffled lists, 1 for the best ones.
  func attainment(_ method: any ListMethod, weights: [Float] = [1, 0, 0]) -> Double {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let shuffled = total(ShuffledLists(seed: 5).lists(for: requests, weights: weights))
    let best = total(
      sessions.map { session in
        let worth = (0..<session.request.candidateCount).map {
          PlantedLog.worth(session.request, $0)
        }
        return Array(worth.indices.sorted { worth[$0] > worth[$1] }.prefix(session.shown.count))
      })
    return (total(method.lists(for: requests, weights: weights)) - shuffled) / (best - shuffled)
  }

  private func total(_ lists: [[Int]]) -> Double {
    zip(sessions, lists).reduce(0) { sum, pair in
      pair.1.reduce(sum) { $0 + 1 / (1 + exp(-PlantedLog.worth(pair.0.request, $1))) }
    }
  }
}

extension FittingConfiguration {
  /// Small and quick, for the planted log.
  static func brief(steps: Int) -> FittingConfiguration {
    var fitting = FittingConfiguration()
    fitting.batch = 64
    fitting.steps = steps
    fitting.learningRate = 5e-3
    fitting.warmup = 10
    fitting.shards = 4
    return fitting
  }
}

extension CandidateEncoderConfiguration {
  static var small: CandidateEncoderConfiguration {
    var encoder = CandidateEncoderConfiguration()
    (encoder.hidden, encoder.width, encoder.fit) = (24, 16, 6)
    return encoder
  }

  /// A few hundred numbers, for gradient checks.
  static var tiny: CandidateEncoderConfiguration {
    var encoder = CandidateEncoderConfiguration()
    (encoder.hidden, encoder.width, encoder.fit) = (6, 4, 2)
    return encoder
  }
}

/// A part of two sessions of different lengths, for losses.
func tinyPart(feedback: [[Float]] = [[1, 0, 1], [0, 1]]) -> FittingPart {
  let sessions = zip(tinyRequests(seed: 4, candidates: [4, 5]), [[2, 0, 3], [4, 1]]).enumerated()
    .map { i, pair in
      EncodedSession(
        request: pair.0, shown: pair.1.map { Int32($0) }, feedback: [feedback[i]], userKey: 0,
        time: 0)
    }
  return FittingPart(sessions: sessions, total: 2, step: 0, first: 0, seed: 3)
}
