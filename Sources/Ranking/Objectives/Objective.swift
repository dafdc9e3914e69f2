import ConfigurationFields

/// A named utility with its scale.
package struct Objective: Codable, Sendable, Equatable {
  package enum Definition: Sendable, Hashable {
    /// Follows from the list and one raw column.
    case rule(RuleDefinition)
    /// Expected feedback of a kind over the slots of the list, as an evaluator's head predicts it.
    case predicted(feedback: String, Aggregation)
  }

  package var name: String
  package var definition: Definition
  /// s in `R = sum_i w_i U_i / s_i`, above 0.
  package var scale: Float
  /// The configuration gave the scale, so measured ones do not replace it.
  package var scaleIsFixed: Bool

  package init(name: String, definition: Definition, scale: Float = 1, scaleIsFixed: Bool = false) {
    self.name = name
    self.definition = definition
    self.scale = scale
    self.scaleIsFixed = scaleIsFixed
  }

  private enum CodingKeys: String, CodingKey {
    case name, definition, scale
    case scaleIsFixed = "scale_is_fixed"
  }
}

/// Written as in a configuration, `{"distinct":"shop","window":3}`, so that a checkpoint reads
/// like the file it came from.
extension Objective.Definition: Codable {
  package init(from decoder: any Decoder) throws {
    self = try ObjectiveTerms(from: decoder).definition(of: "objective")
  }

  package func encode(to encoder: any Encoder) throws {
    try ObjectiveTerms(self).encode(to: encoder)
  }
}

extension RuleDefinition: Codable {
  package init(from decoder: any Decoder) throws {
    switch try Objective.Definition(from: decoder) {
    case .rule(let rule): self = rule
    case .predicted:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "a predicted objective stands where only a rule can"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    try Objective.Definition.rule(self).encode(to: encoder)
  }
}
