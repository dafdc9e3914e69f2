package import ConfigurationFields

/// The features of one side of a request: its items, its user or its context.
package struct SideConfiguration: Configurable {
  package var fields: [String: FieldConfiguration] = [:]
  package var exclude: [String] = []
  package var infer = true

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "fields", \.fields,
      "What is said about single features, by their names. A name that no training session has is a "
        + "fault."),
    .init("exclude", \.exclude, "Features that the networks must not see."),
    .init(
      "infer", \.infer,
      "Whether features that are not named under fields are used too: numbers and flags as numbers, "
        + "texts as categoricals, lists as bags."),
  ]
}
