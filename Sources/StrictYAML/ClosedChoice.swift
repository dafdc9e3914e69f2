/// What an enum of named options conforms to: `enum Baseline: String, ClosedChoice`.
///
/// A value that is none of the cases is then refused with the list of those that are. Any
/// `CaseIterable` enum gets that; the alias only says the usual conformances in one word.
public typealias ClosedChoice = CaseIterable & Codable & Hashable & Sendable
