package import ConfigurationFields

/// How behaviours are encoded one after the other.
package enum BehaviourEncoding: String, ConfigurationChoice, CaseIterable {
  /// A recurrent state for the items and one for the actions.
  case gru
  /// Each behaviour by itself; only the attention looks at all of them.
  case attention
}

/// Sizes of what encodes the user's history; a part of the sections `evaluator` and `generator`.
package struct BehaviourConfiguration: Configurable {
  package var encoder = BehaviourEncoding.attention
  package var width = 32
  package var attention = 32
  package var actions = true

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "encoder", \.encoder,
      "How behaviours are encoded: attention encodes each by itself and leaves the rest to the "
        + "attention of the candidates, gru keeps a recurrent state for the items and one for the "
        + "actions."),
    .init(
      "width", \.width, "Width of an encoded item of the history, and of an encoded action.",
      .atLeast(1)),
    .init(
      "attention", \.attention,
      "Hidden width of the attention of a candidate over the history; the kernels work in steps of "
        + "16.", .multiple(of: 16)),
    .init(
      "actions", \.actions,
      "Whether it is seen how things were done, such as seconds of dwell, and not only with which "
        + "items."),
  ]
}
