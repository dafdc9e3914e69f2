extension EvaluationReport {
  /// What changes per weighting that a preset could have, as many objectives beside each other as fit.
  func changeParts(_ width: Int) -> [(title: String, note: String, table: TextTable)] {
    let changes = UtilityChanges(report: self)
    let rows = changes.rows
    guard !rows.isEmpty else { return [] }
    let left = (rows.map(\.name.count).max() ?? 0) + TextTable.gap
    let cell = (rows.flatMap { $0.cells.map(\.count) }.max() ?? 0) + TextTable.gap
    let fitting = max(1, (width - left) / max(cell, 1))
    return stride(from: 0, to: objectives.count, by: fitting).map { start in
      let columns = start..<min(start + fitting, objectives.count)
      var table = TextTable(
        [("weight on", .left)]
          + columns.map { (Figures.shortened(objectives[$0], to: 22), .right) })
      for row in rows { table.add([row.name] + columns.map { row.cells[$0] }) }
      return (
        start == 0 ? "What changes" : "What changes, continued", start == 0 ? changes.note : "",
        table
      )
    }
  }

  func segmentTable(_ segments: [UserSegment]) -> TextTable {
    let views = UserSegment.viewpoints(of: segments)
    var table = TextTable(
      [("feature", .left), ("value", .left), ("users", .right)]
        + views.flatMap { [("\($0.name) %", .right), ("gain", .right)] })
    for segment in segments {
      table.add(
        [
          Figures.shortened(segment.feature, to: 15), Figures.shortened(segment.value, to: 12),
          Figures.count(segment.users),
        ] + segment.cells(views))
    }
    return table
  }
}
