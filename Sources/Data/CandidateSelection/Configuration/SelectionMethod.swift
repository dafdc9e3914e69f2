import ConfigurationFields

/// How a selection is made.
package enum SelectionMethod: String, ConfigurationChoice {
  /// The highest sum of scores under caps and floors.
  case quotas
  /// The highest scores.
  case top
  /// Maximal marginal relevance.
  case mmr
  /// A greedy determinantal point process.
  case dpp
  /// Scores and roots of the scores of groups.
  case submodular

  /// Whether it weighs scores against likeness.
  var isDiverse: Bool {
    switch self {
    case .quotas, .top: false
    case .mmr, .dpp, .submodular: true
    }
  }
}
