/// Sizes of the evaluator; the `evaluator` section of a configuration file.
public struct EvaluatorConfiguration: Codable, Sendable, Equatable {
  /// Longest list the evaluator looks at; slots beyond it are predicted as 0. Nil takes the longest
  /// logged list.
  public var slots: Int?
  /// Width of the item encoder's hidden layer; 0 for no encoder, the channels see the inputs then.
  public var itemHidden = 96
  /// Width of an encoded item.
  public var itemWidth = 48
  /// Width of the product of the item's and the request's projections; 0 for none.
  public var fitWidth = 16
  /// Names of the channels that look at the list, each once, in any order; all when nil.
  public var channels: [String]?
  /// Width of the per-item channel, which is concatenated along the list.
  public var slotWidth = 8
  /// Width of the attention channel, a multiple of `heads`.
  public var attentionWidth = 48
  /// Width of what attention gives; as wide as attention itself when nil.
  public var attentionOutputs: Int?
  public var heads = 4
  /// Width of the recurrent channel.
  public var recurrentWidth = 32
  /// Width of the rows whose inner products are taken.
  public var pairwiseWidth = 16
  /// Widths of the layers over the concatenated channels.
  public var trunk = [128, 64]
  /// Width of the hidden layer that every slot passes through; 0 for slots straight from the trunk.
  public var headHidden = 96
  /// Members of the ensemble, each with a seed and a fold of its own.
  public var ensemble = 3
  /// What the generator sees is `mean - pessimism * standard deviation` over the members.
  public var pessimism: Float = 0.5

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case slots
    case itemHidden = "item_hidden"
    case itemWidth = "item_width"
    case fitWidth = "fit_width"
    case channels
    case slotWidth = "slot_width"
    case attentionWidth = "attention_width"
    case attentionOutputs = "attention_outputs"
    case heads
    case recurrentWidth = "recurrent_width"
    case pairwiseWidth = "pairwise_width"
    case trunk
    case headHidden = "head_hidden"
    case ensemble
    case pessimism
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    slots = try keys.decodeIfPresent(Int.self, forKey: .slots)
    itemHidden = try keys.decodeIfPresent(Int.self, forKey: .itemHidden) ?? itemHidden
    itemWidth = try keys.decodeIfPresent(Int.self, forKey: .itemWidth) ?? itemWidth
    fitWidth = try keys.decodeIfPresent(Int.self, forKey: .fitWidth) ?? fitWidth
    channels = try keys.decodeIfPresent([String].self, forKey: .channels)
    slotWidth = try keys.decodeIfPresent(Int.self, forKey: .slotWidth) ?? slotWidth
    attentionWidth =
      try keys.decodeIfPresent(Int.self, forKey: .attentionWidth) ?? attentionWidth
    attentionOutputs = try keys.decodeIfPresent(Int.self, forKey: .attentionOutputs)
    heads = try keys.decodeIfPresent(Int.self, forKey: .heads) ?? heads
    recurrentWidth =
      try keys.decodeIfPresent(Int.self, forKey: .recurrentWidth) ?? recurrentWidth
    pairwiseWidth = try keys.decodeIfPresent(Int.self, forKey: .pairwiseWidth) ?? pairwiseWidth
    trunk = try keys.decodeIfPresent([Int].self, forKey: .trunk) ?? trunk
    headHidden = try keys.decodeIfPresent(Int.self, forKey: .headHidden) ?? headHidden
    ensemble = try keys.decodeIfPresent(Int.self, forKey: .ensemble) ?? ensemble
    pessimism = try keys.decodeIfPresent(Float.self, forKey: .pessimism) ?? pessimism
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    let widths = [
      ("item_width", itemWidth), ("slot_width", slotWidth), ("attention_width", attentionWidth),
      ("attention_outputs", attentionOutputs ?? attentionWidth), ("heads", heads),
      ("recurrent_width", recurrentWidth), ("pairwise_width", pairwiseWidth),
      ("ensemble", ensemble),
    ]
    let optional = [
      ("item_hidden", itemHidden), ("fit_width", fitWidth), ("head_hidden", headHidden),
    ]
    var faults = widths.filter { $0.1 < 1 }
      .map { "evaluator.\($0.0): expected a whole number of at least 1, got \($0.1)" }
    faults += optional.filter { $0.1 < 0 }
      .map { "evaluator.\($0.0): expected a whole number of at least 0, got \($0.1)" }
    if let channels { faults += EvaluatorChannels.faults(channels) }
    if heads > 0, attentionWidth % heads != 0 {
      faults.append(
        "evaluator.attention_width: expected a multiple of heads (\(heads)), got \(attentionWidth)")
    }
    if trunk.isEmpty || trunk.contains(where: { $0 < 1 }) {
      faults.append("evaluator.trunk: expected one or more widths of at least 1, got \(trunk)")
    }
    if let slots, slots < 1 {
      faults.append("evaluator.slots: expected at least 1, got \(slots)")
    }
    if !(pessimism >= 0 && pessimism.isFinite) {
      faults.append("evaluator.pessimism: expected a number of at least 0, got \(pessimism)")
    }
    return faults
  }
}

/// How one feedback kind is predicted.
public struct EvaluatorHead: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    /// 0 or 1 per slot: cross-entropy, predicts a probability.
    case binary
    /// Any number per slot: Huber, predicts the number.
    case number
  }

  public var feedback: String
  public var kind: Kind
  /// What a number is divided by for training; 1 for binary feedback.
  public var unit: Float

  public init(feedback: String, kind: Kind, unit: Float = 1) {
    self.feedback = feedback
    self.kind = kind
    self.unit = unit
  }
}
