import EvaluatorModel
import Features
import Objectives
import RandomStreams
import Tensors

extension UtilityModel {
  /// Standard deviation of each utility over logged lists and as many random ones.
  ///
  /// Measured once, before the generator trains, and stored: a weight means the same ever after.
  func measuredScales(
    _ cache: SessionCache, sessions limit: Int = 2048, seed: UInt64, workers: Workers
  ) throws -> [Float] {
    let chunk = 64
    var meter = ScaleMeter(objectives: objectives.count)
    let sessions = try cache.sessions(at: cache.spread(limit))
    let count = sessions.count
    let utilities = workers.map((count + chunk - 1) / chunk) { piece -> [[Float]] in
      let part = Array(sessions[piece * chunk..<min(count, (piece + 1) * chunk)])
      let batch = RequestBatch(part.map(\.request))
      var requests: [Int] = []
      var lists: [[Int]] = []
      for (b, session) in part.enumerated() {
        var stream = RandomStream(
          seed: seed, "training.scales", request: UInt64(piece * chunk + b))
        let logged = session.shown.map { Int($0) }
        let random = stream.permutation(session.request.candidateCount).prefix(logged.count)
        requests += [b, b]
        lists += [logged, Array(random)]
      }
      return self.utilities(batch, ListBatch(requests: requests, lists: lists))
    }
    for list in utilities.flatMap(\.self) { meter.add(list) }
    return meter.standardDeviations
  }
}
