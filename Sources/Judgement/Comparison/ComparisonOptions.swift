/// How large a comparison is.
package struct ComparisonOptions: Sendable {
  /// Each trains everything anew on the same data.
  package var seeds: [UInt64] = [1, 2, 3, 4, 5]
  /// Held-out requests that every method is judged on.
  package var requests = 200
  /// The first of these, whose best lists are searched for.
  package var attainableRequests = 40
  /// Lists scored in a search for the attainable.
  package var attainableBudget = 6000
  /// The first of these, on which methods that search the evaluator are judged.
  package var searchRequests = 12
  /// Steps of the weights from 0 to 1 in the grid of probes: 4 gives 35 for four objectives.
  package var divisions = 4
  /// Steps that each specialist is trained on, from Fader's generator, at its one w.
  package var specialistSteps = 40
  /// Steps of each single-objective generator that is interpolated.
  package var singleSteps = 200
  /// Item number that holds the upstream order.
  package var upstream = "score"
  /// k of NDCG@k of the shown items by their labels.
  package var labelDepth = 5
  /// Leave out what takes longest: specialists and searches of the evaluator.
  package var quick = false

  package init() {}
}
