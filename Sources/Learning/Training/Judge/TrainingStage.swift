/// How far a run goes.
package enum TrainingStage: String, Sendable, CaseIterable {
  /// Fit and freeze the evaluators, no more.
  case evaluators
  /// Fit the judge, no more.
  case judge
  /// Everything, in the order evaluators, judge, generator.
  case all
}
