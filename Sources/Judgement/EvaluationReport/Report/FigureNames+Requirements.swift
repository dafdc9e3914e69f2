import Statistics

extension FigureNames {
  /// Holds the names in requirements against those of the figures, before there is a report.
  ///
  /// - Throws: for the first that no report on this checkpoint has, and for the first that this
  ///   evaluation will not measure.
  package func check(_ requirements: [Requirement]) throws(RequirementError) {
    for requirement in requirements {
      guard paths.contains(requirement.path) else {
        throw .misspelt(requirement, near: nearest(to: requirement))
      }
      if let reason = requirement.path.first.flatMap({ absent[$0] }) {
        throw .notMeasured(requirement, reason: reason)
      }
    }
  }

  /// The figures that were most likely meant: those that begin with the same key where there are
  /// such, else all; nearest first.
  private func nearest(to requirement: Requirement) -> [String] {
    let written = requirement.name.lowercased()
    // Long garbage is no misspelling, and the distance is quadratic in the length.
    guard written.count <= 128 else { return [] }
    let alike = paths.filter { $0.first == requirement.path.first }
    let ranked = (alike.isEmpty ? paths : alike).map { path in
      let name = path.joined(separator: ".")
      return (name: name, edits: editDistance(written, name.lowercased()))
    }.sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }
    let most = alike.isEmpty ? max(1, written.count / 3) : .max
    return ranked.filter { $0.edits <= most }.prefix(3).map(\.name)
  }
}
