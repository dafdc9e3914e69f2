/// How trees are grown and added up.
package struct BoostingConfiguration: Sendable, Equatable {
  /// Trees at most; early stopping keeps fewer.
  package var trees = 200
  /// Questions from the root to a leaf, at most.
  package var depth = 5
  /// Share of each tree's answer that counts.
  package var shrinkage: Float = 0.08
  /// Rows that a leaf stands for, at least.
  package var minimumLeaf = 30
  /// Share of the rows that each tree is grown on, and of the features that it may ask about.
  package var rowShare = 0.7
  package var featureShare = 0.6
  /// Added to the curvature of every leaf, so that few rows do not move it far.
  package var ridge = 1.0
  /// Trees without a better held-out loss after which no more are grown.
  package var patience = 20
  /// Bins of a feature, at most 256.
  package var bins = 64

  package init() {}
}

/// What trees are fitted by.
package enum BoostingLoss: Sendable {
  /// Log loss of labels in 0...1; predictions are probabilities.
  case logistic
  case squared
}
