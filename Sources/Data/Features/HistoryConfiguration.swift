package import ConfigurationFields

/// One sequence of behaviours that the networks see: what the user was shown, or clicked, or did.
package struct HistoryConfiguration: Configurable {
  package var types: [String] = []
  package var length = 50
  package var action = SideConfiguration()

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "types", \.types,
      "Types of behaviour that the sequence holds, such as click. By default the one that the "
        + "sequence is named after."),
    .init(
      "length", \.length, "Most behaviours that are looked at, the newest.", .atLeast(1),
      unit: "behaviours"),
    .init(
      "action", \.action,
      "What is told of how it was done, such as seconds of dwell. The items themselves are read as "
        + "the candidates are."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] { repeats(in: types, at: "types") }

  /// The types of the sequence of this name.
  package func types(named name: String) -> [String] { types.isEmpty ? [name] : types }
}
