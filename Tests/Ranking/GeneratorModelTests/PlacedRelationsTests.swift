import Features
import GeneratorModel
import Testing
import TinyModels

@Suite struct PlacedRelationsTests {
  /// Four candidates behind two rows of another request, with values of one field.
  private func features(_ values: [Int32], placed: [Int], length: Int) -> [Float] {
    let layout = tinyLayout()
    let fields = layout.item.categoricals.count
    var item = EncodedSide(rows: values.count + 2)
    item.indices = ([7, 7] + values).flatMap { value in (0..<fields).map { _ in value } }
    let relations = PlacedRelations(layout)
    let width = PlacedRelations.perField * fields
    var out = [Float](repeating: 0, count: values.count * width)
    relations.write(
      after: placed, length: length, item: item, rows: 2..<item.rows, into: &out, base: 0,
      stride: width)
    // The first field's two numbers of every candidate.
    return values.indices.flatMap { Array(out[$0 * width..<$0 * width + 2]) }
  }

  @Test func sharesAndDistancesAreThoseOfEqualValues() {
    // Placed from the top: candidate 0 (value 5), candidate 2 (value 6).
    let found = features([5, 5, 6, 6], placed: [0, 2], length: 4)
    #expect(found == [0.25, 0.5, 0.25, 0.5, 0.25, 1, 0.25, 1])
  }

  @Test func unknownValuesHaveNothingInCommon() {
    let missing = CategoricalField.missingRow
    #expect(features([missing, missing, 0, 0], placed: [0, 2], length: 4).allSatisfy { $0 == 0 })
  }

  @Test func nothingPlacedIsAllZero() {
    #expect(features([5, 5, 5, 5], placed: [], length: 4).allSatisfy { $0 == 0 })
  }
}
