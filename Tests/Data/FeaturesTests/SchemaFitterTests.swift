import Features
import RandomStreams
import Sessions
import Testing

@Suite struct SchemaFitterTests {
  @Test func typesAreInferredFromTheValues() throws {
    let items: [FeatureMap] = [
      ["price": .number(1), "cold": .flag(true), "shop": .text("a"), "tags": .texts(["x"])],
      ["price": .number(2), "cold": .flag(false), "shop": .text("a"), "tags": .text("y")],
      ["price": .text("n/a"), "cold": .flag(true), "shop": .text("b"), "tags": .texts([])],
    ]
    let layout = try fitted(SchemaConfiguration(), [session(items)]).layout.item
    #expect(layout.numbers == ["cold", "price", "price:missing"])
    #expect(layout.categoricals.map(\.name) == ["shop"])
    #expect(layout.bags.map(\.name) == ["tags"])
  }

  @Test func onlyListedFieldsAreUsedWithoutInference() throws {
    var configuration = SchemaConfiguration()
    configuration.item.infer = false
    configuration.item.fields["price"] = FieldConfiguration(.number)
    configuration.user.exclude = ["age"]
    let layout = try fitted(configuration, mixedSessions(seed: 1, count: 20)).layout
    #expect(layout.item.numbers == ["price", "price:missing"])
    #expect(layout.item.categoricals.isEmpty && layout.item.bags.isEmpty)
    #expect(layout.user.numbers.isEmpty && layout.user.categoricals.map(\.name) == ["city"])
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func vocabulariesDoNotDependOnTheOrderOfSessions(seed: UInt64) throws {
    let sessions = mixedSessions(seed: seed, count: 30)
    var stream = RandomStream(seed: seed, "order")
    let first = try fitted(mixedConfiguration(), sessions)
    let second = try fitted(mixedConfiguration(), sessions.shuffled(using: &stream))
    #expect(first.item.categoricals == second.item.categoricals)
    #expect(first.item.bags == second.item.bags)
    #expect(first.layout == second.layout)
  }

  @Test func valuesAreOrderedByCountThenName() throws {
    let shops = ["d", "b", "c", "a", "c", "b", "a", "c", "once"]
    let schema = try fitted(SchemaConfiguration(), [session(shops.map { ["shop": .text($0)] })])
    #expect(schema.item.categoricals[0].vocabulary.values == ["c", "a", "b"])
  }

  @Test func theTableIsBoundedAndItsWidthFollowsItsRows() throws {
    let items = (0..<100).flatMap { i in
      [FeatureMap](repeating: ["shop": .text("s\(i)"), "tag": .text("t\(i)")], count: 2)
    }
    var configuration = SchemaConfiguration()
    configuration.item.fields["shop"] = FieldConfiguration(.categorical)
    configuration.item.fields["shop"]?.maximumRows = 10
    configuration.item.fields["tag"] = FieldConfiguration(.categorical)
    configuration.item.fields["tag"]?.hashBuckets = 7
    configuration.item.fields["tag"]?.dimension = 5
    let layout = try fitted(configuration, [session(items)]).layout.item
    #expect(layout.categoricals.map(\.rows) == [10, 9])
    #expect(layout.categoricals.map(\.dimension) == [4, 5])
    #expect(Vocabulary.defaultDimension(rows: 2) == 2)
    #expect(Vocabulary.defaultDimension(rows: 1000) == 16)  // 1.6 * 1000^0.36 = 19.2
  }

  @Test func countingForgetsTheRarestWhenThereAreTooManyValues() throws {
    var fitter = SchemaFitter(SchemaConfiguration(), maximumValues: 20)
    for i in 0..<200 {
      let items: [FeatureMap] = [
        ["shop": .text("often")], ["shop": .text("too")], ["shop": .text("rare \(i)")],
      ]
      fitter.add(session(items))
    }
    let schema = try fitter.fit(columns: [], feedback: [])
    #expect(schema.item.categoricals[0].vocabulary.values == ["often", "too"])
  }

  @Test func fieldsThatTheDataLacksAreAllNamed() {
    var configuration = SchemaConfiguration()
    configuration.item.fields["prize"] = FieldConfiguration(.number)
    configuration.item.fields["shop"] = FieldConfiguration(.number)
    configuration.augment.rank = ["shop"]
    configuration.augment.share = ["shoop"]
    var fitter = SchemaFitter(configuration)
    fitter.add(session([["price": .number(1), "shop": .text("a")]]))
    #expect {
      _ = try fitter.fit(columns: [], feedback: [])
    } throws: { error in
      guard let faults = (error as? SchemaErrors)?.faults else { return false }
      return faults.map { $0.prefix { $0 != ":" } } == [
        "schema.item.fields.prize", "schema.item.fields.shop", "schema.augment.rank",
        "schema.augment.share",
      ] && faults[0].contains("\"price\", \"shop\"")
    }
  }

  @Test func optionsThatTheInferredTypeIgnoresAreAFault() {
    var configuration = SchemaConfiguration()
    configuration.item.fields["shop"] = FieldConfiguration()
    configuration.item.fields["shop"]?.log = true
    var fitter = SchemaFitter(configuration)
    fitter.add(session([["shop": .text("a")]]))
    #expect {
      _ = try fitter.fit(columns: [], feedback: [])
    } throws: { error in
      let faults = (error as? SchemaErrors)?.faults ?? []
      return faults.count == 1 && faults[0].hasPrefix("schema.item.fields.shop.log: expected")
    }
  }

  @Test func nothingToLearnFromIsAnError() {
    let empty = SchemaFitter(SchemaConfiguration())
    #expect(throws: SchemaErrors.self) { try empty.fit(columns: [], feedback: []) }
    var bare = SchemaFitter(SchemaConfiguration())
    bare.add(session([[:], [:]]))
    #expect(throws: SchemaErrors.self) { try bare.fit(columns: [], feedback: []) }
  }

  @Test func aFittedSchemaIsReadBackAndEncodesTheSame() throws {
    let sessions = mixedSessions(seed: 3, count: 40)
    let schema = try fitted(
      mixedConfiguration(), sessions, columns: [CandidateColumn(.group, of: "brand")])
    let text = try json(schema)
    let copy = try decoded(FittedSchema.self, text)
    #expect(copy == schema)
    #expect(try json(copy) == text)
    #expect(copy.layout == schema.layout && copy.fingerprint == schema.fingerprint)
    for index in 100..<110 {
      let request = mixedSession(seed: 3, index: index).request
      #expect(copy.encode(request) == schema.encode(request))
    }
  }

  @Test func theFingerprintChangesWithWhatChangesAnEncoding() throws {
    let sessions = mixedSessions(seed: 4, count: 40)
    var configuration = mixedConfiguration()
    let schema = try fitted(configuration, sessions)
    #expect(try fitted(configuration, sessions).fingerprint == schema.fingerprint)
    #expect(try fitted(configuration, Array(sessions.dropLast())).fingerprint != schema.fingerprint)
    #expect(
      try fitted(configuration, sessions, feedback: ["buy"]).fingerprint != schema.fingerprint)
    configuration.item.fields["viewers"]?.log = false
    #expect(try fitted(configuration, sessions).fingerprint != schema.fingerprint)
  }
}
