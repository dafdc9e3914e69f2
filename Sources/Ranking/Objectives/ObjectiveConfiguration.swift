package import ConfigurationFields

/// One entry of a configuration's `objectives`, e.g. `{name: shops, distinct: shop, window: 3}`.
package struct ObjectiveConfiguration: Configurable {
  /// What weights and reports call it; distinct within a set.
  package var name = ""
  /// Which utility it is.
  package var terms = ObjectiveTerms()
  /// Fixed s_i, above 0; measured on logged and random lists when nil.
  package var scale: Double?

  package init() {}

  package init(name: String, terms: ObjectiveTerms, scale: Double? = nil) {
    self.name = name
    self.terms = terms
    self.scale = scale
  }

  package init(name: String, _ definition: Objective.Definition, scale: Double? = nil) {
    self.init(name: name, terms: ObjectiveTerms(definition), scale: scale)
  }

  /// The terms are read anew, since a decoder may know rules that the fields do not.
  package init(from decoder: any Decoder) throws {
    self.init()
    try read(from: decoder)
    terms = try ObjectiveTerms(from: decoder)
  }

  package static let fields: [ConfigurationField<Self>] =
    [
      .init(
        "name", \.name,
        "What weights and reports call the objective, such as click; no two share a name.",
        isRequired: true),
      .init(
        "scale", \.scale,
        "What the utility is divided by, so that a weight means the same for all objectives. By "
          + "default its attainable range, measured before the generator is trained: how much more of "
          + "it the best lists that a search finds have than the logged ones.", .above(0)),
    ] + ConfigurationField.group(\.terms)

  /// None here: `ObjectiveSet.validate` says them by the objective's name.
  package func faults(
    at path: String, within bounds: ConfigurationBounds
  ) -> [ConfigurationFault] { [] }

  /// All faults at once, each with its remedy; empty when it is sound.
  package func validate() -> [String] {
    var faults = terms.faults(of: name)
    if name.isEmpty { faults.append("an objective has no name; give one, e.g. name: click") }
    // Measured as the Float that it becomes: 1e-60 is above 0 only as a Double.
    if let scale, !(Float(scale) > 0 && Float(scale).isFinite) {
      faults.append("\(name): scale is \(scale); expected a number above 0, or none to measure it")
    }
    return faults
  }

  func objective() throws(ObjectivesError) -> Objective {
    Objective(
      name: name, definition: try terms.definition(of: name), scale: Float(scale ?? 1),
      scaleIsFixed: scale != nil)
  }
}
