import Features
import Foundation
import Tensors

/// Pairs of a candidate and another item, and how the two compare.
struct Comparisons {
  /// Rows of the candidates and of the others, one entry per pair.
  private(set) var candidates: [Int32] = []
  private(set) var others: [Int32] = []
  /// `[pairs, width]`
  private(set) var numbers: [Float] = []
  /// Pairs of result row r are `ends[r] ..< ends[r + 1]`.
  private(set) var ends = [0]
  private let measure: Measure

  /// What is compared.
  struct Measure: Sendable {
    /// Places of the scores among the numbers of an item.
    let scores: [Int]
    /// Numbers and categoricals of an item.
    let numbers: Int
    let fields: Int
    /// How long ago the other item was, where that is known, and how many places away.
    let distances = 2

    var width: Int { scores.count + distances + fields }
  }

  init(_ measure: Measure) { self.measure = measure }

  var count: Int { candidates.count }

  /// Adds a pair.
  ///
  /// - Parameters:
  ///   - candidate: row of `item`.
  ///   - other: row of `others`, whose layout is the same.
  ///   - age: of the other, scaled; 0 where there is none.
  ///   - places: how far away the other one is, from 1.
  mutating func add(
    _ candidate: Int, of item: EncodedSide, _ other: Int, of others: EncodedSide, age: Float,
    places: Int
  ) {
    candidates.append(Int32(candidate))
    self.others.append(Int32(other))
    for score in measure.scores {
      numbers.append(
        item.numbers[candidate * measure.numbers + score]
          - others.numbers[other * measure.numbers + score])
    }
    numbers.append(age)
    numbers.append(log2f(Float(places)) / 4)
    for field in 0..<measure.fields {
      let own = item.indices[candidate * measure.fields + field]
      let isEqual =
        own > CategoricalField.missingRow
        && own == others.indices[other * measure.fields + field]
      numbers.append(isEqual ? 1 : 0)
    }
  }

  /// Ends the pairs of a result row.
  mutating func endRow() { ends.append(candidates.count) }

  /// `[pairs, width]`
  var matrix: Matrix { Matrix(rows: count, columns: measure.width, scalars: numbers) }
}
