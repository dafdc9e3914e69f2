import Features
import RandomStreams
import Sessions
import Testing

@Suite struct OutOfVocabularyTests {
  private func request() throws -> EncodedRequest {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: 1, count: 40))
    return schema.encode(mixedSession(seed: 1, index: 7, candidates: 4000).request)
  }

  @Test(arguments: [0, 0.1, 0.5, 1])
  func knownRowsAreDroppedAtTheGivenRate(rate: Double) throws {
    let before = try request()
    var after = before
    var stream = RandomStream(seed: 3, "drop")
    FittedSchema.dropToOutOfVocabulary(&after, rate: rate, using: &stream)
    for (a, b) in [
      (before.item.indices, after.item.indices), (before.item.bagIndices, after.item.bagIndices),
    ] {
      var known = 0
      var dropped = 0
      for (old, new) in zip(a, b) {
        if old < 2 {
          #expect(new == old)
        } else {
          known += 1
          if new == 0 { dropped += 1 } else { #expect(new == old) }
        }
      }
      #expect(known > 1000)
      // Five standard deviations of the binomial share.
      let tolerance = 5 * (rate * (1 - rate) / Double(known)).squareRoot()
      #expect(abs(Double(dropped) / Double(known) - rate) <= tolerance)
    }
    #expect(after.item.numbers == before.item.numbers && after.columns == before.columns)
    #expect(after.item.bagOffsets == before.item.bagOffsets)
  }

  @Test func theSameStreamDropsTheSameRows() throws {
    let before = try request()
    var results: [EncodedRequest] = []
    for seed in [1, 1, 2] as [UInt64] {
      var copy = before
      var stream = RandomStream(seed: seed, "drop")
      FittedSchema.dropToOutOfVocabulary(&copy, rate: 0.3, using: &stream)
      results.append(copy)
    }
    #expect(results[0] == results[1] && results[0] != results[2])
  }

  @Test func rareTrainingValuesUseTheRowThatUnknownOnesWill() throws {
    var configuration = SchemaConfiguration()
    configuration.item.fields["brand"] = FieldConfiguration(.categorical)
    configuration.item.fields["brand"]?.minimumCount = 3
    let training = session([
      ["brand": .text("often")], ["brand": .text("often")], ["brand": .text("often")],
      ["brand": .text("rare")], ["brand": .text("rare")],
    ])
    let schema = try fitted(configuration, [training])
    #expect(schema.encode(training.request).item.indices == [2, 2, 2, 0, 0])
  }
}
