import Comparison
import Testing

@Suite struct FigureTests {
  @Test func aSummaryIsTheMeanWithStudentsInterval() throws {
    let summary = try #require(FigureSummary([1, 2, 3]))
    #expect(summary.mean == 2 && summary.deviation == 1)
    // t with 2 degrees of freedom, 4.303, over the root of 3.
    #expect(abs(try #require(summary.high) - (2 + 4.303 / 3.0.squareRoot())) < 1e-9)
    #expect(abs(try #require(summary.low) - (2 - 4.303 / 3.0.squareRoot())) < 1e-9)
  }

  @Test func oneSeedHasNoInterval() throws {
    let summary = try #require(FigureSummary([0.5]))
    #expect(summary.mean == 0.5 && summary.deviation == 0 && summary.low == nil)
    #expect(FigureSummary([]) == nil)
  }
}

@Suite struct EnvelopeTests {
  private let envelope = Envelope(
    weights: [[1, 0], [0, 1], [0.5, 0.5]], specialists: [[4, 0], [0, 4], [3, 3]], logged: [1, 1])

  @Test func specialistsHaveNoPriceAndTheWholeVolume() {
    #expect(envelope.prices([[4, 0], [0, 4], [3, 3]]).allSatisfy { $0 == 0 })
    #expect(envelope.reference == [0, 0])
    #expect(envelope.volume([[4, 0], [0, 4], [3, 3]]) == 9)
  }

  @Test func thePriceIsAShareOfWhatControlMoves() {
    // At w = (1, 0) specialists' rewards run from 0 to 4; 3 instead of 4 is a quarter of that.
    #expect(envelope.prices([[3, 0], [0, 4], [3, 3]])[0] == 0.25)
    // At equal weights they run from 2 to 3.
    #expect(envelope.prices([[4, 0], [0, 4], [2.5, 2.5]])[2] == 0.5)
  }

  @Test func aBetterPointThanTheSpecialistsHasANegativePrice() {
    #expect(envelope.prices([[5, 0], [0, 4], [3, 3]])[0] < 0)
  }
}
