import ConfigurationFields

/// How the place of an item counts for a binary feedback kind.
package enum SlotLaw: String, ConfigurationChoice, Codable {
  /// `logit p = slot effect + what speaks for the item`
  case additive
  /// `p = chance that the place is looked at * chance of the item there`
  case examination
}

/// How one feedback kind is predicted.
package struct EvaluatorHead: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable {
    /// 0 or 1 per slot: cross-entropy, predicts a probability.
    case binary
    /// Any number per slot: Huber, predicts the number.
    case number
  }

  package var feedback: String
  package var kind: Kind
  /// What a number is divided by for training; 1 for binary feedback.
  package var unit: Float
  /// How pointwise terms join a slot and its item; numbers add.
  package var slotLaw: SlotLaw

  package init(feedback: String, kind: Kind, unit: Float = 1, slotLaw: SlotLaw = .additive) {
    self.feedback = feedback
    self.kind = kind
    self.unit = unit
    self.slotLaw = slotLaw
  }

  private enum CodingKeys: String, CodingKey {
    case feedback, kind, unit
    case slotLaw = "slot_law"
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    feedback = try keys.decode(String.self, forKey: .feedback)
    kind = try keys.decode(Kind.self, forKey: .kind)
    unit = try keys.decode(Float.self, forKey: .unit)
    slotLaw = try keys.decodeIfPresent(SlotLaw.self, forKey: .slotLaw) ?? .additive
  }

  /// The law is written only where it is not the additive one, which checkpoints from before there
  /// was a choice have.
  package func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(feedback, forKey: .feedback)
    try keys.encode(kind, forKey: .kind)
    try keys.encode(unit, forKey: .unit)
    if slotLaw != .additive { try keys.encode(slotLaw, forKey: .slotLaw) }
  }

  package var isExamined: Bool { kind == .binary && slotLaw == .examination }
}
