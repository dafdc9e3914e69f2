package import Features

/// A policy that is a law over lists: lists can be drawn from it, and it says how likely each is.
///
/// Of other policies a caller gets the one list that they have to give.
package protocol DrawingPolicy: ListPolicy {
  /// Draws for one request, with one encoding; equal ones may occur.
  ///
  /// - Parameters:
  ///   - batch: one request.
  ///   - lists: how many.
  ///   - seed: names the draws.
  ///   - isOver: as in `ListPolicy.lists`.
  func draws(
    _ batch: RequestBatch, weights: PreparedWeights, length: Int, lists: Int,
    constraints: DecodingConstraints, seed: UInt64, isOver: () -> Bool
  ) -> [DecodedList]

  /// The most likely lists that a beam finds for one request, best first; at most `width`.
  ///
  /// - Parameter isOver: as in `ListPolicy.lists`.
  func beam(
    _ batch: RequestBatch, weights: PreparedWeights, length: Int, width: Int,
    constraints: DecodingConstraints, isOver: () -> Bool
  ) -> [DecodedList]

  /// Log-probability of each pick of lists that are given, of one length, for one request:
  /// `[list][slot]`, among what the constraints leave.
  ///
  /// - Parameter constraints: permit each of the lists.
  func logProbabilities(
    of lists: [[Int]], _ batch: RequestBatch, weights: PreparedWeights,
    constraints: DecodingConstraints
  ) -> [[Float]]

  /// Chance of each candidate in each slot of a list that is given, below the picks above it, for one
  /// request: `[slot][candidate]`, 0 for what stands above or is masked.
  ///
  /// - Parameter constraints: permit the list.
  func chances(
    along list: [Int], _ batch: RequestBatch, weights: PreparedWeights,
    constraints: DecodingConstraints
  ) -> [[Float]]
}
