import Features
import Sessions
import Testing

@Suite struct AugmentationTests {
  private func schema(_ items: [FeatureMap]) throws -> FittedSchema {
    var configuration = SchemaConfiguration()
    configuration.augment.rank = ["price"]
    configuration.augment.share = ["shop"]
    return try fitted(configuration, [session(items)])
  }

  @Test func ranksAndSharesByHand() throws {
    let items: [FeatureMap] = [
      ["price": .number(10), "shop": .text("a")], ["price": .number(30), "shop": .text("b")],
      ["price": .number(10), "shop": .text("a")], ["shop": .text("a")],
      ["price": .number(5)], ["price": .number(20)],
    ]
    let schema = try schema(items)
    let layout = schema.layout.item
    let encoded = schema.encode(session(items).request).item
    // 30, 20, 10, 10, 5 -> 0, 1, 2.5, 2.5, 4 of 4
    #expect(numbers("price:rank", encoded, layout) == [0.625, 0, 0.625, 0.5, 1, 0.25])
    #expect(numbers("price:missing", encoded, layout) == [0, 0, 0, 1, 0, 0])
    let sixth = Float(1) / 6
    #expect(numbers("shop:share", encoded, layout) == [0.5, sixth, 0.5, 0.5, sixth, sixth])
    #expect(layout.numbers.filter { $0 == "price:missing" }.count == 1)
  }

  @Test func theRankOfAnExcludedFieldBringsItsOwnIndicator() throws {
    var configuration = SchemaConfiguration()
    configuration.item.exclude = ["price"]
    configuration.augment.rank = ["price"]
    let items: [FeatureMap] = [["price": .number(1)], ["price": .number(2)], ["x": .number(1)]]
    let schema = try fitted(configuration, [session(items)])
    #expect(schema.layout.item.numbers == ["x", "x:missing", "price:rank", "price:missing"])
    let encoded = schema.encode(session(items).request).item
    #expect(numbers("price:rank", encoded, schema.layout.item) == [1, 0, 0.5])
    #expect(numbers("price:missing", encoded, schema.layout.item) == [0, 0, 1])
  }

  @Test func equalNumbersAndASingleOneAreInTheMiddle() throws {
    let same = [FeatureMap](repeating: ["price": .number(3), "shop": .text("a")], count: 4)
    let schema = try schema(same)
    for count in [1, 2, 4] {
      let encoded = schema.encode(session(Array(same.prefix(count))).request).item
      #expect(
        numbers("price:rank", encoded, schema.layout.item)
          == [Float](repeating: 0.5, count: count))
      #expect(
        numbers("shop:share", encoded, schema.layout.item) == [Float](repeating: 1, count: count))
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func ranksAgreeWithCountingPairs(seed: UInt64) throws {
    let schema = try fitted(mixedConfiguration(), mixedSessions(seed: seed, count: 20))
    let request = mixedSession(seed: seed, index: 50, candidates: 30).request
    let encoded = numbers("price:rank", schema.encode(request).item, schema.layout.item)
    let prices = request.candidates.map { $0.features["price"]?.number }
    let present = prices.compactMap { $0 }
    for (rank, price) in zip(encoded, prices) {
      guard let price, present.count > 1 else {
        #expect(rank == 0.5)
        continue
      }
      let above = Double(present.filter { $0 > price }.count)
      let equal = Double(present.filter { $0 == price }.count - 1)
      #expect(abs(Double(rank) - (above + equal / 2) / Double(present.count - 1)) < 1e-6)
    }
  }
}
