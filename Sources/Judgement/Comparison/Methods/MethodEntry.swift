import OfflineEvaluation

/// A method of the comparison.
struct MethodEntry: Sendable {
  let name: String
  /// What it is, in a few words.
  let about: String
  /// Whether w moves it.
  let steered: Bool
  let method: any ListMethod
  /// Judged on fewer requests and probes, since it takes long.
  var isSlow = false

  static let fader = "fader"
}
