extension ObjectiveSet {
  /// Takes measured scales `[k]`, except where the configuration fixed one.
  ///
  /// An objective that does not vary has no scale to measure; it gets 1 rather than a division
  /// by 0.
  ///
  /// - Returns: names of the objectives whose measured scale was not a finite number above 0.
  @discardableResult
  package mutating func setScales(_ scales: [Float]) -> [String] {
    precondition(scales.count == count, "\(count) scales expected, got \(scales.count)")
    var refused: [String] = []
    var changed = objectives
    for (i, scale) in scales.enumerated() where !changed[i].scaleIsFixed {
      let sound = scale.isFinite && scale > 0
      if !sound { refused.append(changed[i].name) }
      changed[i].scale = sound ? scale : 1
    }
    objectives = changed
    return refused
  }
}
