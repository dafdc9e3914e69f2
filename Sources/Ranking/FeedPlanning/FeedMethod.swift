/// How a plan is made.
package enum FeedMethod: Sendable, Equatable {
  /// The exact method that suits the problem.
  case automatic
  case subsets
}
