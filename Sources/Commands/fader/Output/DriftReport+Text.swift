import Calibration

extension DriftReport {
  /// A table in Markdown, a row per score, version and slice.
  var text: String {
    var lines = [
      "| score | version | slice | candidates | PSI | labelled | observed | PCOC raw | PCOC "
        + "| 95 % | |",
      "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for (name, score) in scores.sorted(by: { $0.key < $1.key }) {
      lines.append(
        row(
          [name, "all", "", "\(score.candidates)", figure(score.psi)], score.labels, name, nil, nil)
      )
      for (version, drift) in score.versions.sorted(by: { $0.key < $1.key }) {
        let title = (version.isEmpty ? "(none)" : version) + (drift.known ? "" : ", unknown")
        lines.append(
          row(
            [name, title, "", "\(drift.candidates)", figure(drift.psi)], drift.labels, name,
            version,
            nil))
        for (feature, values) in drift.slices.sorted(by: { $0.key < $1.key }) {
          for (value, labels) in values.sorted(by: { $0.key < $1.key }) {
            let slice = "\(feature)=\(value)"
            lines.append(row([name, title, slice, "", ""], labels, name, version, slice))
          }
        }
      }
    }
    lines.append("")
    lines.append(
      "PCOC: calibrated chances over observed labels, 1 is ideal. PSI: of the calibrated scores for all "
        + "versions together, of the scores as they came for one version.")
    lines.append(
      alarms.isEmpty
        ? "No alarm: no interval of PCOC lies outside of \(limits.lowest) to \(limits.highest), no PSI is "
          + "above \(limits.stability)."
        : "Alarms: \(alarms.count).")
    return lines.joined(separator: "\n")
  }

  private func row(
    _ head: [String], _ labels: LabelDrift, _ score: String, _ version: String?, _ slice: String?
  ) -> String {
    let range = labels.low.flatMap { low in labels.high.map { "\(figure(low)) to \(figure($0))" } }
    let here = alarms.filter { $0.score == score && $0.version == version && $0.slice == slice }
    let cells =
      head + [
        "\(labels.rows)", "\(Int(labels.observed))", figure(labels.rawPcoc), figure(labels.pcoc),
        range ?? "–", here.isEmpty ? "" : "ALARM \(here.map(\.figure).joined(separator: ", "))",
      ]
    return "| " + cells.map(shown).joined(separator: " | ") + " |"
  }

  private func figure(_ value: Double?) -> String {
    value.map { "\(($0 * 1000).rounded() / 1000)" } ?? "–"
  }

  /// Names come from logs: no control character and no border may reach the table.
  private func shown(_ text: String) -> String {
    String(
      text.map { character in
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        return isControl || character == "|" ? "?" : character
      })
  }
}
