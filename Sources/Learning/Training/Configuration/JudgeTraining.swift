/// How the judge is fitted and asked; the `training.judge` section.
///
/// Its shape and schedule are the evaluators' own.
public struct JudgeTraining: Codable, Sendable, Equatable {
  /// Share of the users whose sessions only the judge sees; 0 for no judge.
  public var share = 0.25
  /// Steps of the generator between two hearings.
  public var every = 50
  /// Held-out requests of a judgeValidation, each with one of the standard probes of w.
  public var requests = 512

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case share, every, requests
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    share = try keys.decodeIfPresent(Double.self, forKey: .share) ?? share
    every = try keys.decodeIfPresent(Int.self, forKey: .every) ?? every
    requests = try keys.decodeIfPresent(Int.self, forKey: .requests) ?? requests
  }

  func validate() -> [String] {
    var faults: [String] = []
    if !(share >= 0 && share < 1) {
      faults.append("training.judge.share: expected within 0..<1, got \(share)")
    }
    for (name, value) in [("every", every), ("requests", requests)] where value < 1 {
      faults.append("training.judge.\(name): expected at least 1, got \(value)")
    }
    return faults
  }
}
