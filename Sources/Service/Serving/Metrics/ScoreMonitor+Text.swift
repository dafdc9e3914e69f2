extension ScoreMonitor {
  /// The families of upstream scores.
  func write(to out: inout PrometheusText) {
    let series = series
    func labels(_ key: Key) -> [(String, String)] {
      [("score", key.score), ("version", key.version)]
    }
    out.family(
      "fader_score_psi", "gauge",
      "How far the histogram of an upstream score has moved from training; above 0.2 it has drifted."
    )
    for (key, value) in series {
      if let stability = value.stability {
        out.sample("fader_score_psi", labels(key), "\(stability)")
      }
    }
    out.family(
      "fader_score_predicted_total", "counter",
      "Sum of the calibrated chances of shown items, where the service takes feedback.")
    for (key, value) in series {
      out.sample("fader_score_predicted_total", labels(key), "\(value.predicted)")
    }
    out.family(
      "fader_score_observed_total", "counter", "Shown items that got the label of the score.")
    for (key, value) in series {
      out.sample("fader_score_observed_total", labels(key), "\(value.observed)")
    }
    out.family(
      "fader_score_unknown_versions_total", "counter",
      "Requests with a version of an upstream score that the model has no map for, by score.")
    for (score, count) in unknownRequests.sorted(by: { $0.key < $1.key }) {
      out.sample("fader_score_unknown_versions_total", [("score", score)], "\(count)")
    }
  }
}
