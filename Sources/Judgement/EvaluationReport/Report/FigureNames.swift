/// The figures that a report on a checkpoint can have, known before anything is evaluated.
package struct FigureNames: Sendable {
  /// Keys of the report's JSON, outermost first.
  package let paths: [[String]]
  /// Why a part of the report will be missing, by its outermost key.
  package var absent: [String: String] = [:]

  /// - Parameters:
  ///   - objectives: names of the checkpoint's objectives.
  ///   - feedback: kinds of feedback that its evaluators predict.
  package init(objectives: [String], feedback: [String]) {
    let pairs = objectives.indices.flatMap { a in
      objectives[(a + 1)...].map { "\(objectives[a])/\($0)" }
    }
    var paths = ["requests", "users", "list_length", "confidence_level", "bootstrap_samples"].map {
      [$0]
    }
    func add(_ parts: [[String]]) { paths += Self.products(parts) }
    add([["all_shown"]])
    add([["better_percentage"], Self.better])
    add([["control"], ["spearman", "true_spearman", "range", "logged"], objectives])
    add([["control"], ["fit"], objectives, ["slope", "intercept", "r2"]])
    add([["front"], ["hypervolume", "non_dominated_share"]])
    add([["front"], ["reference"], objectives])
    add([
      ["trade_offs"], pairs, ["by_evaluators", "by_truth"], ["first", "second"],
      ["own", "midpoint", "other", "range", "kept"],
    ])
    add([["fidelity"], ["weights", "own_is_best"]])
    add([["attainment"], ["requests"]])
    add([["attainment"], ["by_evaluators", "by_truth", "ceiling"], ["mean", "min"]])
    add([["classic"], ["generated", "logged"], ClassicSummary.measures])
    add([["labels"], feedback, Self.labels])
    add([["judge"], ["better_percentage"], Self.better])
    add([["judge"], ["gain", "predicted_gain"], Self.average])
    add([["judge"], ["gap"], ["mean", "max", "share"]])
    add([["judge"], ["evaluator"], ["heads"], feedback, Self.head])
    add([["boosted"], ["gain", "better_percentage"], Self.average])
    add([["boosted"], ["sessions", "requests"]])
    add([["boosted"], ["losses"], feedback, ["boosted", "evaluators", "judge", "slot_mean"]])
    add([["evaluator"], ["heads"], feedback, Self.head])
    add([["world"], ["true_gain", "predicted_gain", "true_better_percentage"], Self.average])
    add([["world"], ["gain_kept"]])
    add([["provenance"], ["seed"]])
    self.paths = paths
  }

  private static let average = ["mean", "min", "low", "high"]
  private static let better = average + ["ties"]
  private static let head = ["log_loss", "base_rate_log_loss", "score_log_loss", "ece"]
  private static let labels = [
    "sessions", "ordered_sessions", "users", "shown", "depth", "training_sessions", "ndcg", "map",
    "chosen", "over_logged", "over_random", "over_score", "over_evaluators", "over_linear",
  ]

  /// Every way to take one of each part, in order.
  private static func products(_ parts: [[String]]) -> [[String]] {
    parts.reduce([[]]) { paths, part in paths.flatMap { path in part.map { path + [$0] } } }
  }
}
