import PointwiseModel

/// Sizes and fitting of the transformer ranker.
public struct TransformerConfiguration: Codable, Sendable, Equatable {
  public var encoder = CandidateEncoderConfiguration()
  /// Blocks of self-attention and feed-forward.
  public var blocks = 1
  /// Attention heads; they divide the width of an encoded item.
  public var heads = 4
  /// Width of the hidden layer of each block's feed-forward part.
  public var feedForward = 96
  /// Upstream ranks with an embedding of their own; later ones share the last.
  public var positions = 50
  /// Width of the head's hidden layer.
  public var headHidden = 48
  /// Slots that are told apart in training; later ones count as the last.
  public var slots = 10
  public var fitting = FittingConfiguration()

  public init() {
    fitting.steps = 600
    fitting.learningRate = 3e-3
  }

  private enum CodingKeys: String, CodingKey {
    case encoder, blocks, heads
    case feedForward = "feed_forward"
    case positions
    case headHidden = "head_hidden"
    case slots, fitting
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ field: inout T) throws {
      field = try keys.decodeIfPresent(T.self, forKey: key) ?? field
    }
    try read(.encoder, &encoder)
    try read(.blocks, &blocks)
    try read(.heads, &heads)
    try read(.feedForward, &feedForward)
    try read(.positions, &positions)
    try read(.headHidden, &headHidden)
    try read(.slots, &slots)
    try read(.fitting, &fitting)
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    var faults = encoder.validate()
    faults += [
      ("blocks", blocks), ("heads", heads), ("feed_forward", feedForward),
      ("positions", positions), ("head_hidden", headHidden), ("slots", slots),
    ].belowOne()
    if heads > 0, encoder.width % heads != 0 {
      faults.append("encoder.width: expected a multiple of heads (\(heads)), got \(encoder.width)")
    }
    return faults + fitting.validate()
  }
}
