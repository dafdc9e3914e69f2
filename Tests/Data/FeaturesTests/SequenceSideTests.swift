import Features
import RandomStreams
import Sessions
import Testing

@Suite struct SequenceSideTests {
  private let schema: FittedSchema
  /// Of several lengths, two of them empty.
  private let sequences: [[Candidate]]

  init() throws {
    schema = try fitted(mixedConfiguration(), mixedSessions(seed: 3, count: 20))
    sequences = [4, 0, 1, 9, 0].enumerated().map { index, length in
      mixedSession(seed: 3, index: 50 + index, candidates: length).request.candidates
    }
  }

  /// One sequence, encoded by itself.
  private func alone(_ items: [Candidate]) -> EncodedSide {
    schema.encode(Request(id: "r", user: User(id: "u"), candidates: items)).item
  }

  @Test func encodingTogetherEqualsOneByOne() {
    let side = schema.encode(itemSequences: sequences)
    #expect(side.count == 5 && side.offsets == [0, 4, 4, 5, 14, 14] && side.rows.rows == 14)
    for b in sequences.indices {
      #expect(side.length(b) == sequences[b].count)
      #expect(side[b].numbers == alone(sequences[b]).numbers)
      #expect(side[b].indices == alone(sequences[b]).indices)
      let layout = schema.layout.item
      #expect(bags("tags", side[b], layout) == bags("tags", alone(sequences[b]), layout))
    }
  }

  @Test func takingApartAndPuttingTogetherGivesTheSame() {
    let side = schema.encode(itemSequences: sequences)
    #expect(SequenceSide((0..<side.count).map { side[$0] }) == side)
    #expect(side.selecting(Array(0..<side.count)) == side)
    let halves = [side.selecting([0, 1]), side.selecting([2, 3, 4])]
    #expect(SequenceSide.concatenated(halves) == side)
  }

  @Test func sequencesCanBeChosenInAnyOrderAndTwice() {
    let side = schema.encode(itemSequences: sequences)
    let chosen = side.selecting([3, 1, 0, 3])
    #expect(chosen.offsets == [0, 9, 9, 13, 22])
    #expect(chosen == schema.encode(itemSequences: [3, 1, 0, 3].map { sequences[$0] }))
  }

  @Test func withoutSequencesThereIsNothing() {
    let none = schema.encode(itemSequences: [])
    #expect(none.count == 0 && none.offsets == [0] && none.rows.rows == 0)
    #expect(SequenceSide.concatenated([]) == none && none.newest(3) == none)
    let empty = schema.encode(itemSequences: [[], []])
    #expect(empty.count == 2 && empty.offsets == [0, 0, 0] && empty.rows.rows == 0)
    #expect(empty.newest(0) == empty && empty[1].rows == 0)
    let side = schema.encode(itemSequences: sequences)
    #expect(SequenceSide.concatenated([none, side, none]) == side)
  }

  @Test(arguments: [0, 1, 3, 4, 100])
  func theNewestRowsStay(_ length: Int) {
    let cut = schema.encode(itemSequences: sequences).newest(length)
    for b in sequences.indices {
      let whole = alone(sequences[b])
      let kept = max(0, whole.rows - length)..<whole.rows
      #expect(cut.length(b) == kept.count)
      #expect(cut[b].numbers == whole.selecting(kept.map(Int32.init)).numbers)
      #expect(cut[b].indices == whole.selecting(kept.map(Int32.init)).indices)
      #expect(
        bags("tags", cut[b], schema.layout.item)
          == Array(bags("tags", whole, schema.layout.item)[kept]))
    }
  }

  @Test(arguments: [0, 1, 3, 100])
  func ranksOfAShortenedSequenceAreThoseAmongItsRows(_ length: Int) {
    let side = schema.encode(itemSequences: sequences, newest: length)
    #expect(side == schema.encode(itemSequences: sequences.map { Array($0.suffix(length)) }))
  }

  @Test func theItemsOfABatchAreSuchASide() {
    let requests = sequences.map { items in
      schema.encode(Request(id: "r", user: User(id: "u"), candidates: items))
    }
    let (batch, side) = (RequestBatch(requests), schema.encode(itemSequences: sequences))
    #expect(batch.offsets == side.offsets && batch.item == side.rows)
  }
}
