/// What is measured of a method, one number per seed; gains in reward units, means over the grid's
/// probes unless they say otherwise.
package enum MethodFigure: String, Codable, Sendable, CaseIterable {
  /// Share of requests where the training evaluators prefer the list to the logged one.
  case better
  /// The same for the judge, and at its worst probe.
  case judgeBetter = "judge_better"
  case judgeBetterWorst = "judge_better_worst"
  /// The same for the world's truth.
  case trueBetter = "true_better"
  /// Reward minus that of the logged list, by the evaluators, the judge and the truth.
  case predictedGain = "predicted_gain"
  case judgeGain = "judge_gain"
  case trueGain = "true_gain"
  /// True gain / predicted gain.
  case gainKept = "gain_kept"
  /// True gain / true gain of the best list that was found, mean over the probes and at the worst.
  case attainment
  case attainmentWorst = "attainment_worst"
  /// Fader's attainment on the same requests and probes, for methods that are judged on fewer.
  case attainmentOfFader = "attainment_of_fader"
  /// Smallest rank correlation of a weight and its utility along its line.
  case spearman
  /// Volume between the reference and the mean utilities at the probes, in units of the scales.
  case hypervolume
  /// Hypervolume as a share of the specialists' envelope.
  case hypervolumeShare = "hypervolume_share"
  /// Share of the probes that no other dominates.
  case nonDominated = "non_dominated"
  /// Reward of the specialist minus own, as a share of what control can move at that w; mean over the
  /// probes and at the worst.
  case price
  case priceWorst = "price_worst"
  /// Median time for one request, one thread, milliseconds.
  case milliseconds
}
