import Foundation

/// Chances and their log-odds.
package enum LogOdds {
  /// Chances nearer to 0 or 1 are taken to be this near, so that no log-odds is infinite.
  package static let least = 1e-7

  /// `log(p / (1 - p))`; within -16.12...16.12 for any number.
  package static func of(_ chance: Double) -> Double {
    let p = min(max(chance, least), 1 - least)
    return log(p / (1 - p))
  }

  /// `1 / (1 + exp(-x))`: above 0 and below 1 wherever `of` was.
  package static func chance(_ x: Double) -> Double {
    // Both forms are exact where the other one loses digits.
    x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x))
  }
}

/// What the numbers of a score are.
package enum ScoreScale: String, Sendable, Codable, Hashable, CaseIterable {
  /// A chance from 0 to 1.
  case chance
  /// The log-odds of a chance: any number.
  case logOdds = "log_odds"

  package func logOdds(_ score: Double) -> Double {
    self == .chance ? LogOdds.of(score) : score
  }

  package func score(_ logOdds: Double) -> Double {
    self == .chance ? LogOdds.chance(logOdds) : logOdds
  }

  /// The chance that a score stands for.
  package func chance(_ score: Double) -> Double {
    self == .chance ? score : LogOdds.chance(score)
  }
}
