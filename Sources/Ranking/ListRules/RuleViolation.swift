/// One thing that a list does not hold.
package struct RuleViolation: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    /// Index among the rules.
    case rule(Int)
    /// A required candidate is missing.
    case required(Int)
    /// A pinned candidate is not in its slot.
    case pin(Int)
    /// A banned candidate is in the list.
    case ban(Int)
    /// A candidate is in the list twice, or is none of the request's.
    case duplicate(Int)
    case unknown(Int)
    /// The list has another length than it should.
    case length
  }

  package var kind: Kind
  /// Slot from 0 where it shows; nil where it is about the whole list.
  package var slot: Int?
  /// In words; positions in it count from 1.
  package var description: String

  package init(_ kind: Kind, slot: Int? = nil, _ description: String) {
    self.kind = kind
    self.slot = slot
    self.description = description
  }
}
