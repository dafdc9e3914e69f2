package import ConfigurationFields

/// How many lists are written for a request, and by what; the best of them is served.
package struct ListStrategy: Configurable, Hashable {
  package enum Kind: String, ConfigurationChoice {
    /// The most likely item, place by place.
    case greedy
    /// Draws from the policy.
    case sample
    /// The most likely lists that a beam finds.
    case beam
  }

  /// A list that needs no model.
  package enum HandMade: String, ConfigurationChoice {
    /// The candidates in the order in which they came.
    case upstream
    /// That order, with candidates of one group kept apart.
    case diversified
  }

  package static let allowedLists = 1...64
  package static let allowedSearchedLists = 0...4096

  package var kind = Kind.greedy
  package var lists = 8
  package var handMade: [HandMade] = []
  package var searchedLists = 0

  package init() {}

  package init(
    _ kind: Kind, lists: Int = 8, handMade: [HandMade] = [], searchedLists: Int = 0
  ) {
    self.kind = kind
    self.lists = lists
    self.handMade = handMade
    self.searchedLists = searchedLists
  }

  /// Whether the list served is one draw of the policy and nothing else, so that the chance of each
  /// of its items is exact.
  package var isOneDraw: Bool {
    kind == .sample && lists == 1 && handMade.isEmpty && searchedLists == 0
  }

  /// Whether nothing is asked for but the policy's most likely list.
  package var isOneGreedyList: Bool {
    kind == .greedy && handMade.isEmpty && searchedLists == 0
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "kind", \.kind,
      "What writes the lists: greedy takes the most likely item place by place, sample draws lists "
        + "from the generator, beam looks for the most likely lists."),
    .init(
      "lists", \.lists, "Draws, or the beam's width; it means nothing for greedy.",
      .within(Double(allowedLists.lowerBound)...Double(allowedLists.upperBound)), unit: "lists"),
    .init(
      "hand_made", \.handMade,
      "Lists that join the others without a model: upstream is the order in which the candidates "
        + "came, diversified the same with candidates of one group kept apart."),
    .init(
      "searched_lists", \.searchedLists,
      "Lists that a local search may score with the evaluators, from the best list at hand on: it "
        + "exchanges and moves items as long as that raises the reward and keeps all guarantees. It stops "
        + "early when its time is over. 0 searches nothing.",
      .within(
        Double(allowedSearchedLists.lowerBound)...Double(allowedSearchedLists.upperBound)),
      unit: "lists", writing: .ifChanged),
  ]

  /// From the name of a kind, or from a mapping.
  package init(from decoder: any Decoder) throws {
    self.init()
    if let kind = try? decoder.singleValueContainer().decode(Kind.self) {
      self.kind = kind
    } else {
      try read(from: decoder)
    }
  }

  /// A strategy is given as a whole: what a mapping leaves out is as it always is.
  package mutating func take(
    from container: KeyedDecodingContainer<ConfigurationKey>, _ key: ConfigurationKey
  ) throws {
    if let value = try Self.read(from: container, key) { self = value }
  }

  package static func form(defaults: ListStrategy?) -> ConfigurationForm {
    .either([
      .section(ConfigurationSection(keys: keys(defaults ?? ListStrategy()))),
      Kind.form(defaults: nil),
    ])
  }
}
