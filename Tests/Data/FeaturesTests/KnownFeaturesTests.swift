import ConfigurationFields
import Features
import Sessions
import Testing

@Suite struct KnownFeaturesTests {
  /// 200 candidates: `cold` is a flag, `sold` 0 or 1 but once, `price` a number, `shop` a text,
  /// `odd` half of each.
  private func fitter() -> SchemaFitter {
    var fitter = SchemaFitter(SchemaConfiguration())
    var items: [Candidate] = []
    for index in 0..<200 {
      let sold: Double = index == 7 ? 3 : Double(index % 2)
      let odd: FeatureValue = index % 2 == 0 ? .number(0) : .text("x")
      let features: FeatureMap = [
        "cold": .flag(index < 9), "sold": .number(sold), "price": .number(Double(index)),
        "shop": .text("s\(index % 5)"), "odd": odd,
      ]
      items.append(Candidate(id: "i\(index)", features: features))
    }
    let user = User(id: "u", features: ["age": .number(30)])
    fitter.add(
      Session(
        request: Request(
          id: "r", user: user, context: ["device": .text("tv")], candidates: items),
        time: 0, shown: [0], feedback: ["click": [1]]))
    return fitter
  }

  @Test(arguments: [
    ("cold", CandidateColumn.Kind.flag, true), ("sold", .flag, true), ("price", .flag, false),
    ("shop", .flag, false), ("odd", .flag, false), ("cold", .number, true),
    ("price", .number, true), ("shop", .number, false), ("odd", .number, false),
    ("price", .group, true), ("odd", .group, true),
  ])
  func aColumnSuitsTheValuesOrIsAFault(
    name: String, kind: CandidateColumn.Kind, isSound: Bool
  ) throws {
    let fault = fitter().features.item.fault(at: "k", CandidateColumn(kind, of: name))
    #expect((fault == nil) == isSound, "\(fault?.description ?? "")")
  }

  @Test func aNumberIsAFlagForHardRules() {
    let price = CandidateColumn(.flag, of: "price")
    #expect(fitter().features.item.fault(at: "k", price, numbersAreFlags: true) == nil)
  }

  @Test func aFaultListsWhatExistsAndTheNearestName() throws {
    let features = fitter().features
    let fault = try #require(
      features.item.fault(at: "objectives.a.share", CandidateColumn(.flag, of: "colt")))
    let text = fault.description
    for word in ["objectives.a.share", "'colt'", "did you mean 'cold'?", "price: number"] {
      #expect(text.contains(word), "\(text)")
    }
    let typed = try #require(
      features.item.fault(at: "k", CandidateColumn(.flag, of: "price"))?.description)
    #expect(typed.contains("such are cold, sold"), "\(typed)")
  }

  @Test func aSchemaKnowsWhatItReadsAndItsTypes() throws {
    let schema = try fitter().fit(
      columns: [CandidateColumn(.flag, of: "cold")], feedback: ["click"])
    let items = schema.features.item
    #expect(items.contents["price"] == .numbers && items.contents["shop"] == .texts)
    #expect(items.fault(at: "k", CandidateColumn(.flag, of: "shop"), numbersAreFlags: true) != nil)
    #expect(!items.knows("colour") && items.nearest(to: "shopp") == "shop")
    #expect(schema.features.context.knows("device") && schema.features.user.knows("age"))
  }

  @Test func aTypeThatChangedAndAFeatureThatNobodyHasAreNoticed() throws {
    let schema = try fitter().fit(columns: [], feedback: ["click"])
      .reading([CandidateColumn(.flag, of: "ad"), CandidateColumn(.flag, of: "cold")])
    func request(_ features: FeatureMap, user: FeatureMap = [:]) -> Request {
      Request(
        id: "r", user: User(id: "u", features: user),
        candidates: [Candidate(id: "a", features: features), Candidate(id: "b")])
    }
    let sound = schema.oddities(
      request(["price": .number(3), "shop": .text("s1"), "ad": .flag(false)]), rules: 2)
    #expect(sound.changed.isEmpty && sound.unseen == ["cold"])
    let odd = schema.oddities(
      request(
        ["price": .text("3"), "shop": .number(7), "cold": .flag(true), "new": .text("x")],
        user: ["age": .text("old")]), rules: 2)
    #expect(odd.changed.map(\.name) == ["item.price", "item.shop", "user.age"])
    #expect(odd.changed.map(\.wasText) == [false, true, false])
    #expect(odd.unseen == ["ad"])
  }
}
