import PointwiseModel

/// Sizes and fitting of Seq2Slate.
public struct Seq2SlateConfiguration: Codable, Sendable, Equatable {
  public var encoder = CandidateEncoderConfiguration()
  /// Width of the states of both recurrent networks.
  public var state = 48
  /// Hidden width of the pointer, a multiple of 16.
  public var attention = 48
  /// Weight of the rules' reward beside the log-probabilities when lists are written; nil writes
  /// what the model alone finds best, whatever w is.
  public var ruleWeight: Float?
  public var fitting = FittingConfiguration()

  public init() {
    fitting.steps = 500
    fitting.learningRate = 2e-3
  }

  private enum CodingKeys: String, CodingKey {
    case encoder, state, attention
    case ruleWeight = "rule_weight"
    case fitting
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    encoder =
      try keys.decodeIfPresent(CandidateEncoderConfiguration.self, forKey: .encoder)
      ?? encoder
    state = try keys.decodeIfPresent(Int.self, forKey: .state) ?? state
    attention = try keys.decodeIfPresent(Int.self, forKey: .attention) ?? attention
    ruleWeight = try keys.decodeIfPresent(Float.self, forKey: .ruleWeight)
    fitting = try keys.decodeIfPresent(FittingConfiguration.self, forKey: .fitting) ?? fitting
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    var faults =
      encoder.validate() + [("state", state), ("attention", attention)].belowOne()
    if attention % 16 != 0 {
      faults.append(
        "attention: expected a multiple of 16 (the kernels' lanes), got \(attention)")
    }
    if let ruleWeight, !(ruleWeight >= 0 && ruleWeight.isFinite) {
      faults.append("rule_weight: expected at least 0, got \(ruleWeight)")
    }
    return faults + fitting.validate()
  }
}
