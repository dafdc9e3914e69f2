/// A rule of any type, as objectives hold it.
///
/// Each rule's file has a way to write its own, as in `.quota(flag: "is_cold", target: 0.3)`.
public struct RuleDefinition: Sendable {
  /// The rule itself.
  public let utility: any RuleUtility

  public init(_ utility: any RuleUtility) {
    self.utility = utility
  }
}

extension RuleDefinition: Hashable {
  public static func == (a: RuleDefinition, b: RuleDefinition) -> Bool {
    AnyHashable(a.utility) == AnyHashable(b.utility)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(utility))
  }
}
