/// A rule of any type, as objectives hold it.
///
/// Each rule's file has a way to write its own, as in `.quota(flag: "is_cold", target: 0.3)`.
package struct RuleDefinition: Sendable {
  /// The rule itself.
  package let utility: any RuleUtility

  package init(_ utility: any RuleUtility) {
    self.utility = utility
  }
}

extension RuleDefinition: Hashable {
  package static func == (a: RuleDefinition, b: RuleDefinition) -> Bool {
    AnyHashable(a.utility) == AnyHashable(b.utility)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(utility))
  }
}
