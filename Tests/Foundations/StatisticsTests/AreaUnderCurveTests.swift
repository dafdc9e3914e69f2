import Statistics
import Testing

struct AreaUnderCurveTests {
  @Test func countsPairsInOrder() {
    let labels = [true, false, true, false]
    #expect(areaUnderCurve(scores: [4, 3, 2, 1], isPositive: labels) == 0.75)
    #expect(areaUnderCurve(scores: [1, 2, 3, 4], isPositive: labels) == 0.25)
  }

  @Test func equalScoresCountHalf() {
    #expect(areaUnderCurve(scores: [1, 1, 1], isPositive: [true, false, false]) == 0.5)
    #expect(areaUnderCurve(scores: [2, 1, 1], isPositive: [false, true, false]) == 0.25)
  }

  @Test func oneKindAloneSaysNothing() {
    #expect(areaUnderCurve(scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(areaUnderCurve(scores: [], isPositive: []) == nil)
  }

  @Test func groupsWeighByTheirSize() {
    let scores: [Double] = [2, 1, 9, 1, 2, 3]
    let labels = [true, false, true, true, false, false]
    // An area of 1 over two entries, one without a negative, an area of 0 over three.
    let area = groupedAreaUnderCurve(
      scores: scores, isPositive: labels, groups: [0..<2, 2..<3, 3..<6])
    #expect(area == 2.0 / 5)
    #expect(groupedAreaUnderCurve(scores: scores, isPositive: labels, groups: [2..<3]) == nil)
  }
}
