import Autodiff
import Foundation
import Tensors
import Testing

/// Hand values of the operations that have no kernel, and so no test, of their own.
@Suite struct OperationValueTests {
  private let square = Matrix(rows: 2, columns: 2, scalars: [1, 2, 3, 4])

  private func value(_ run: (Tape, Variable) -> Variable) -> Matrix {
    let tape = Tape(recording: false)
    return tape.value(run(tape, tape.constant(square)))
  }

  @Test func aSingleRowIsAddedToAll() {
    let row = Matrix(rows: 1, columns: 2, scalars: [10, 20])
    #expect(value { $0.add($1, $0.constant(row)) }.scalars == [11, 22, 13, 24])
    #expect(value { $0.add($1, $1) }.scalars == [2, 4, 6, 8])
  }

  @Test func productsAndSumsAreEntrywise() {
    #expect(value { $0.elementwiseProduct($1, $1) }.scalars == [1, 4, 9, 16])
    #expect(value { $0.weightedSum($1, weights: [1, 0, -1, 2]) }.scalars == [6])
  }

  /// The second column's chances are multiplied, also where a logit is far out.
  @Test func chancesAreMultipliedWhereAColumnSaysSo() {
    let other = Matrix(rows: 2, columns: 2, scalars: [1, -1, 100, 90])
    let joined = value { $0.joined($1, $0.constant(other), products: [false, true]) }
    func chance(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
    #expect(joined.scalars[0] == 2 && joined.scalars[2] == 103)
    #expect(abs(chance(joined.scalars[1]) - chance(2) * chance(-1)) < 1e-6)
    #expect(abs(joined.scalars[3] - 4) < 1e-5)
    #expect(abs(logitOfProduct(-200, -100) + 300) < 1e-3)
  }

  @Test func reshapingKeepsTheOrderOfTheScalars() {
    let column = value { $0.reshape($1, rows: 4) }
    #expect(column == Matrix(rows: 4, columns: 1, scalars: [1, 2, 3, 4]))
  }

  @Test func columnsAreCutAndPutSideBySide() {
    #expect(value { $0.columns(1..<2, of: $1) }.scalars == [2, 4])
    let wide = value { $0.concatenate([$1, $0.columns(0..<1, of: $1)]) }
    #expect(wide == Matrix(rows: 2, columns: 3, scalars: [1, 2, 1, 3, 4, 3]))
  }

  @Test func segmentsRepeatAndAverageTheirRows() {
    let repeated = value { $0.repeatRows($1, offsets: [0, 0, 2]) }
    #expect(repeated.scalars == [3, 4, 3, 4])
    let means = value { $0.segmentMean($1, offsets: [0, 2, 2]) }
    #expect(means == Matrix(rows: 2, columns: 2, scalars: [2, 3, 0, 0]))
  }

  @Test func pairwiseProductsAreInnerProductsOfRows() {
    let products = value { $0.pairwiseProducts($1, slots: 2) }
    #expect(products == Matrix(rows: 1, columns: 4, scalars: [5, 11, 11, 25]))
  }

  /// Two requests of one row each: every row meets its own weights and bias.
  @Test func requestsHaveTheirOwnWeights() {
    let weight = Matrix(rows: 2, columns: 2, scalars: [1, 1, 10, 100])
    let bias = Matrix(rows: 2, columns: 1, scalars: [0, 7])
    let output = value {
      $0.perRequestLinear(
        $1, weight: $0.constant(weight), bias: $0.constant(bias), rowsPerRequest: 1)
    }
    #expect(output == Matrix(rows: 2, columns: 1, scalars: [3, 437]))
  }
}
