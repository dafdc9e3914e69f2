/// How the decoder chooses.
package enum DecodingPolicy: Sendable {
  /// The highest score; ties go to the lowest index.
  case greedy
  /// A draw from the policy. Stream of list k of request b: `(seed, step, first + b, k)`.
  case sample(seed: UInt64, step: UInt64, firstRequest: Int)
  /// These lists, list k of request b at `b * K + k`: to score them.
  case given([[Int]])
}
