/// Sizes and fitting of the pointwise ranker.
public struct PointwiseConfiguration: Codable, Sendable, Equatable {
  public var encoder = CandidateEncoderConfiguration()
  /// Width of the head's hidden layer.
  public var headHidden = 48
  /// Slots that are told apart in training; later ones count as the last.
  public var slots = 10
  public var fitting = FittingConfiguration()

  public init() {
    fitting.batch = 256
    fitting.steps = 1200
  }

  private enum CodingKeys: String, CodingKey {
    case encoder
    case headHidden = "head_hidden"
    case slots, fitting
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    encoder =
      try keys.decodeIfPresent(CandidateEncoderConfiguration.self, forKey: .encoder)
      ?? encoder
    headHidden = try keys.decodeIfPresent(Int.self, forKey: .headHidden) ?? headHidden
    slots = try keys.decodeIfPresent(Int.self, forKey: .slots) ?? slots
    fitting = try keys.decodeIfPresent(FittingConfiguration.self, forKey: .fitting) ?? fitting
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    (encoder.validate() + [("head_hidden", headHidden), ("slots", slots)].belowOne()
      + fitting.validate()).map { "pointwise.\($0)" }
  }
}
