import Calibration
package import Sessions

extension FittedSchema {
  /// Sequences of items as numbers, the oldest item of each first: `B` sequences, at most `length`
  /// rows of each, the newest ones.
  ///
  /// Items are cut off before anything is computed, so ranks and shares are those among the rows
  /// that stay.
  package func encode(
    itemSequences sequences: [[Candidate]], newest length: Int = .max
  ) -> SequenceSide {
    precondition(length >= 0, "a length must be from 0, got \(length)")
    return SequenceSide(
      sequences.map { itemEncoder.encode(calibration.calibrated(Array($0.suffix(length)))) })
  }
}
