import CandidateSelection
import Features
package import Objectives
package import OfflineEvaluation
package import PointwiseModel
import Sessions

/// Relevance against redundancy, by a rule that knows nothing of feedback on lists.
///
/// w steers the relevance (`ItemRelevance`); how much diversity counts is the variant's trade-off,
/// whatever w is. Relevances are brought to 0...1 within each request, the scale of similarities.
package struct DiversifiedLists: ListMethod {
  package enum Variant: Sendable, Equatable {
    /// Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998); 1 is relevance alone.
    case mmr(tradeOff: Double)
    /// Greedy determinantal point process (Chen, Zhang and Zhou, NeurIPS 2018); 1 is relevance alone.
    case dpp(tradeOff: Double)
  }

  package let variant: Variant
  /// Weight of equal groups in the similarity, in 0...1; the rest is the cosine of the numbers.
  package let groupShare: Float
  private let scorer: any ItemScorer
  private let relevance: ItemRelevance
  /// Columns of the rules that read groups.
  private let groupColumns: [Int]

  /// - Precondition: the scorer predicts all feedback kinds of the objectives.
  package init(
    _ scorer: any ItemScorer, objectives: ObjectiveSet, variant: Variant, groupShare: Float = 0.5
  ) {
    precondition((0...1).contains(groupShare), "groupShare lies in 0...1, got \(groupShare)")
    self.scorer = scorer
    self.variant = variant
    self.groupShare = groupShare
    relevance = ItemRelevance(objectives, feedback: scorer.feedback)
    let columns = objectives.columns
    groupColumns = columns.indices.filter { columns[$0].kind == .group }
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let predictions = scorer.values(requests.batch)
    return requests.lengths.enumerated().map { b, length in
      let relevance = self.relevance.values(
        candidates: requests.batch.candidateCount(b), length: length,
        columns: requests.batch.columns[b], predictions: predictions[b], weights: weights
      ).withinRange.map { Double($0) }
      let similarity = ItemSimilarity(
        requests.batch, request: b, groupColumns: groupColumns, groupShare: groupShare)
      switch variant {
      case .mmr(let tradeOff):
        return maximalMarginalRelevance(
          relevance: relevance, similarity: { similarity($0, $1) }, tradeOff: tradeOff,
          length: length)
      case .dpp(let tradeOff):
        return determinantalGreedy(
          relevance: relevance, similarity: { similarity($0, $1) }, tradeOff: tradeOff,
          length: length)
      }
    }
  }
}
