import ListRules

/// What a list must hold whatever the policy would like: guarantees, kept by masking.
public struct DecodingConstraints: Sendable, Equatable {
  /// Slot (from 0) to candidate.
  public var pins: [Int: Int]
  /// Candidates that must not be placed.
  public var bans: Set<Int>
  /// What else a list must hold, kept by masks as far as they can.
  public var rules: PlacementRules?

  public init(pins: [Int: Int] = [:], bans: Set<Int> = [], rules: PlacementRules? = nil) {
    self.pins = pins
    self.bans = bans
    self.rules = rules
  }

  public static let none = DecodingConstraints()

  /// Longest list that can be written from `candidates` candidates.
  func longest(candidates: Int) -> Int { candidates - bans.count }
}

/// How the decoder chooses.
public enum DecodingPolicy: Sendable {
  /// The highest score; ties go to the lowest index.
  case greedy
  /// A draw from the policy. Stream of list k of request b: `(seed, step, first + b, k)`.
  case sample(seed: UInt64, step: UInt64, firstRequest: Int)
  /// These lists, list k of request b at `b * K + k`: to score them.
  case given([[Int]])
}

/// Lists with how likely each pick was.
public struct DecodedList: Sendable, Equatable {
  /// Candidate indices from the top down.
  public var items: [Int]
  /// Log-probability of each pick among what the masks allowed.
  public var logProbabilities: [Float]
}
