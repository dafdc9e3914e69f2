package import Autodiff
package import Features
package import Networks
package import Objectives
package import OfflineEvaluation
import PointwiseModel
package import RandomStreams
package import Tensors
package import Training

/// Seq2Slate (Bello et al. 2018, arXiv 1810.02019), supervised by clicks.
///
/// Read in upstream order, so it knows which order came in. It has no steering of its own: without
/// `ruleWeight` w is ignored. With it, each step takes the candidate with the largest
/// `(sum of w_i of predicted objectives) log p + ruleWeight * sum of w_i increment_i / s_i of rules`,
/// ties by p: rules by their exact increments, feedback only as far as clicks stand for it.
package struct Seq2Slate: ListMethod, Fittable {
  package var parameters: Parameters
  private let network: Seq2SlateNetwork
  private let gains: SteeredGains
  private let ruleWeight: Float?
  /// Which feedback of the cache is learned.
  private let feedback: Int

  package init(
    _ configuration: Seq2SlateConfiguration, upstream: UpstreamOrder, layout: FeatureLayout,
    objectives: ObjectiveSet, feedback: Int, stream: RandomStream
  ) {
    var builder = ParameterBuilder(stream: stream)
    network = Seq2SlateNetwork(
      configuration, upstream: upstream, layout: layout, in: &builder)
    parameters = builder.parameters
    gains = SteeredGains(objectives, feedback: objectives.feedback)
    ruleWeight = configuration.ruleWeight
    self.feedback = feedback
  }

  /// Fits to the logged clicks of all candidates; one that was not shown counts as not clicked.
  ///
  /// - Parameters:
  ///   - clicks: a binary feedback kind of the layout.
  ///   - upstream: the order that came in.
  /// - Throws: `FittingError`, `SessionCacheError`.
  package static func fit(
    _ cache: SessionCache, layout: FeatureLayout, objectives: ObjectiveSet, clicks: String,
    upstream: UpstreamOrder, configuration: Seq2SlateConfiguration = Seq2SlateConfiguration(),
    seed: UInt64, workers: Workers, progress: FittingProgress? = nil
  ) throws -> Seq2Slate {
    let faults = configuration.validate()
    guard faults.isEmpty else { throw FittingError.configuration(faults) }
    guard let feedback = layout.feedback.firstIndex(of: clicks) else {
      preconditionFailure("feedback \(layout.feedback) has no \(clicks)")
    }
    let initial = Seq2Slate(
      configuration, upstream: upstream, layout: layout, objectives: objectives,
      feedback: feedback, stream: RandomStream(seed: seed, "baselines.seq2slate"))
    return try Fitting(
      cache: cache, configuration: configuration.fitting, seed: seed, workers: workers,
      progress: progress
    ).run(initial)
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let batch = requests.batch
    return network.write(batch, lengths: requests.lengths, on: tape) { t, step, lists in
      lists.indices.map { b in
        guard t < requests.lengths[b] else { return -1 }
        let open = (0..<batch.candidateCount(b)).filter { !step.excluded[batch.offsets[b] + $0] }
        let keys = open.map { candidate -> (Float, Float) in
          let score = step.values[batch.offsets[b] + candidate]
          guard let ruleWeight else { return (score, 0) }
          let rules = gains.ruleGain(
            of: candidate, after: lists[b], length: requests.lengths[b],
            columns: batch.columns[b], weights: weights)
          let logP = score - step.logPartition[b]
          return (gains.predictedShare(weights) * logP + ruleWeight * rules, logP)
        }
        var best = 0
        for i in keys.indices where keys[i] > keys[best] { best = i }
        return Int32(open[best])
      }
    }
  }

  /// The paper's cross-entropy per step: at each step the clicked items that are not placed yet
  /// share the target equally; a step with none left has no loss. Steps count equally.
  ///
  /// The decoder goes on with an item drawn from itself, not with a label, so that it meets the lists
  /// that it will write.
  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    let batch = RequestBatch(part.sessions.map(\.request))
    let lengths = part.sessions.map(\.shown.count)
    var clicked = part.sessions.map { session in
      zip(session.shown, session.feedback[feedback]).filter { $0.1 > 0 }.map { Int32($0.0) }
    }
    var streams = part.sessions.indices.map { part.stream("baselines.seq2slate.decode", $0) }
    var terms: [Variable] = []
    _ = network.write(batch, lengths: lengths, on: tape) { t, step, _ in
      terms += targets(
        clicked.enumerated().map { t < lengths[$0] ? $1 : [] }, lengths, step, batch.offsets,
        total: part.total, on: tape)
      let picks = lengths.indices.map { b -> Int32 in
        t < lengths[b] ? step.draw(batch.offsets[b]..<batch.offsets[b + 1], &streams[b]) : -1
      }
      for b in picks.indices { clicked[b].removeAll { $0 == picks[b] } }
      return picks
    }
    return tape.sum(terms)
  }

  /// `-log p` of the targets, each request's sharing `1 / (total n)`: one term per place among them.
  private func targets(
    _ wanted: [[Int32]], _ lengths: [Int], _ step: Seq2SlateNetwork.Step, _ offsets: [Int],
    total: Int, on tape: Tape
  ) -> [Variable] {
    (0..<(wanted.map(\.count).max() ?? 0)).map { j in
      let logP = tape.pickLogProbability(
        step.scores, probabilities: step.probabilities, logPartition: step.logPartition,
        offsets: offsets, picks: wanted.map { j < $0.count ? $0[j] : -1 })
      let weights = wanted.indices.flatMap { b -> [Float] in
        j < wanted[b].count ? [-1 / Float(total * lengths[b] * wanted[b].count), 0] : [0, 0]
      }
      return tape.weightedSum(logP, weights: weights)
    }
  }
}

extension Seq2SlateNetwork.Step {
  /// A draw from the probabilities of the candidates `rows`, counted from their start.
  fileprivate func draw(_ rows: Range<Int>, _ stream: inout RandomStream) -> Int32 {
    var rest = Float(stream.uniform())
    // The last open one takes what rounding leaves over.
    var last = rows.lowerBound
    for row in rows where !excluded[row] {
      last = row
      rest -= probabilities[row]
      if rest < 0 { break }
    }
    return Int32(last - rows.lowerBound)
  }
}
