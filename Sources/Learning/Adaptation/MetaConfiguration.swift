/// How the shared start is trained.
package enum MetaMethod: String, Sendable, CaseIterable {
  /// Through the inner steps, with their second derivatives (Finn et al. 2017, arXiv 1703.03400).
  case maml
  /// The inner gradients are taken as given.
  case fomaml
  /// As fomaml, with a learned rate for each user (after Yu et al. 2021, arXiv 2012.11842).
  case paml
}

/// Settings of meta-training.
package struct MetaConfiguration: Sendable {
  package var method = MetaMethod.fomaml
  /// Users per step.
  package var users = 16
  package var steps = 200
  package var innerSteps = 1
  /// Of the inner steps.
  package var innerRate: Float = 0.1
  /// Of Adam.
  package var rate = 5e-4
  /// Most sessions of a user's support, the latest, and of the query, the first.
  package var sessions = 12
  /// Share of the loss that is the shared model's own, so that it stays of use to users without a slice.
  package var sharedShare: Float = 0.3
  package var seed: UInt64 = 1

  package init() {}
}
