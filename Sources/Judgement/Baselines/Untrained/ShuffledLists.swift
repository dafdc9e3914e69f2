import Features
package import OfflineEvaluation
import RandomStreams

/// Candidates drawn without looking at them: what knowing nothing is worth.
package struct ShuffledLists: ListMethod {
  private let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    requests.lengths.enumerated().map { b, length in
      var stream = RandomStream(
        seed: seed, "baselines.shuffle", request: UInt64(requests.firstRequest + b))
      return Array(stream.permutation(requests.batch.candidateCount(b)).prefix(length))
    }
  }
}
