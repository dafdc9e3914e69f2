/// How many lists are written for a request, and by what; the best of them is served.
public struct ListStrategy: Codable, Sendable, Hashable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The most likely item, place by place.
    case greedy
    /// Draws from the policy.
    case sample
    /// The most likely lists that a beam finds.
    case beam
  }

  /// A list that needs no model.
  public enum HandMade: String, Codable, Sendable, CaseIterable {
    /// The candidates in the order in which they came.
    case upstream
    /// That order, with candidates of one group kept apart.
    case diversified
  }

  public static let allowedLists = 1...64

  public var kind: Kind
  /// Draws, or the beam's width; means nothing for `greedy`.
  public var lists: Int
  /// Lists that join the pool.
  public var handMade: [HandMade]

  public init(_ kind: Kind = .greedy, lists: Int = 8, handMade: [HandMade] = []) {
    self.kind = kind
    self.lists = lists
    self.handMade = handMade
  }

  /// Whether the list served is one draw of the policy and nothing else, so that the chance of each
  /// of its items is exact.
  public var isOneDraw: Bool { kind == .sample && lists == 1 && handMade.isEmpty }

  enum CodingKeys: String, CodingKey {
    case kind, lists
    case handMade = "hand_made"
  }

  /// From the name of a kind, or from a mapping.
  public init(from decoder: any Decoder) throws {
    self.init()
    if let kind = try? decoder.singleValueContainer().decode(Kind.self) {
      self.kind = kind
      return
    }
    let c = try decoder.container(keyedBy: CodingKeys.self)
    kind = try c.decode(Kind.self, forKey: .kind)
    lists = try c.decodeIfPresent(Int.self, forKey: .lists) ?? lists
    handMade = try c.decodeIfPresent([HandMade].self, forKey: .handMade) ?? []
  }

  /// What is wrong with it, nil when nothing is.
  public var fault: (key: String, expected: String, got: String)? {
    let allowed = ListStrategy.allowedLists
    guard !allowed.contains(lists) else { return nil }
    return ("lists", "\(allowed.lowerBound) to \(allowed.upperBound)", "\(lists)")
  }
}
