import CandidateSelection
import RandomStreams
import Sessions
import Testing

@Suite struct CandidateSelectorTests {
  /// Items named by their place, in the order of their scores from the best down.
  private static func items(_ types: [String], sellers: [String]? = nil) -> [Candidate] {
    types.enumerated().map { place, type in
      Candidate(
        id: "i\(place)",
        features: [
          "type": .text(type), "seller": .text(sellers?[place] ?? "s\(place)"),
          "score": .number(1 - Double(place) / Double(types.count)),
        ])
    }
  }

  private static func selector(
    _ method: SelectionMethod = .quotas, keep: Int, quotas: [SelectionQuota] = [],
    alike: [String] = [], tradeOff: Double = 0.7
  ) -> CandidateSelector {
    var configuration = SelectionConfiguration()
    configuration.keep = keep
    configuration.by = "score"
    configuration.method = method
    configuration.quotas = quotas
    configuration.alike = alike
    configuration.tradeOff = tradeOff
    return CandidateSelector(configuration)
  }

  private static func count(_ type: String, in items: [Candidate], _ kept: [Int]) -> Int {
    kept.count { items[$0].features["type"] == .text(type) }
  }

  /// The source article's case: of 200 items 197 are of one type, and a page may hold one of that type.
  @Test func quotasRepairTwoHundredItemsOfOneType() {
    let items = Self.items([String](repeating: "show", count: 197) + ["video", "live", "product"])
    func fillable(_ kept: [Int]) -> Int {
      min(1, Self.count("show", in: items, kept)) + kept.count
        - Self.count("show", in: items, kept)
    }
    let top = Self.selector(.top, keep: 50).selection(of: items)
    #expect(fillable(top.kept) == 1)
    let quotas = Self.selector(
      keep: 50, quotas: [SelectionQuota(group: "type", cap: 20, floor: 2)]
    ).selection(of: items)
    // All there is of other types is kept, and the cap gives way as far as 50 items need it.
    #expect(fillable(quotas.kept) == 4)
    #expect(quotas.kept.count == 50 && quotas.kept.suffix(3) == [197, 198, 199])
    #expect(quotas.loosened == [.init(of: "type", items: 27)])
    #expect(quotas.short == [.init(of: "type", items: 3)])
  }

  /// The cut before it: the best 200 of 1,000 have 197 of one type although there are others behind.
  @Test func quotasFindTheOthersBehindTheBest() {
    let front = [String](repeating: "show", count: 197) + ["video", "live", "product"]
    let behind = (0..<800).map { ["show", "video", "live", "product"][$0 % 4] }
    let items = Self.items(front + behind)
    let top = Self.selector(.top, keep: 200).selection(of: items)
    #expect(Self.count("show", in: items, top.kept) == 197)
    let quotas = Self.selector(
      keep: 200, quotas: [SelectionQuota(group: "type", capShare: 0.4, floorShare: 0.1)]
    ).selection(of: items)
    #expect(Self.count("show", in: items, quotas.kept) == 80)
    #expect(quotas.loosened.isEmpty && quotas.short.isEmpty)
    #expect(quotas.cut.first { $0.reason == .cap }?.feature == "type")
  }

  @Test(arguments: SelectionMethod.allCases)
  func whatMustBeKeptIsKeptAndWhatIsClosedIsNot(method: SelectionMethod) {
    let items = Self.items((0..<40).map { "t\($0 % 3)" })
    let selector = Self.selector(
      method, keep: 10,
      quotas: method == .quotas ? [SelectionQuota(group: "type", cap: 4)] : [],
      alike: method == .quotas || method == .top ? [] : ["type"])
    let selected = selector.selection(
      selector.columns.map { $0.values(of: items) }, candidates: 40, closed: [0, 1],
      compulsory: [39, 38])
    #expect(selected.kept.count == 10 && selected.kept == selected.kept.sorted())
    #expect(selected.kept.contains(38) && selected.kept.contains(39))
    #expect(!selected.kept.contains(0) && !selected.kept.contains(1))
    #expect(selected.open == 38)
    #expect(selected.cut.reduce(0) { $0 + $1.count } == 28)
  }

  @Test(arguments: SelectionMethod.allCases)
  func aListAlwaysFindsItsItems(method: SelectionMethod) {
    let items = Self.items((0..<40).map { "t\($0 % 3)" })
    let selector = Self.selector(
      method, keep: 5, alike: method == .quotas || method == .top ? [] : ["type"])
    #expect(selector.selection(of: items, length: 12).kept.count == 12)
    #expect(selector.selection(of: Array(items.prefix(4)), length: 12).kept == [0, 1, 2, 3])
  }

  @Test func theOrderOfArrivalCountsWithoutAScore() {
    var configuration = SelectionConfiguration()
    configuration.keep = 3
    let items = Self.items(["a", "b", "c", "d", "e"]).reversed()
    #expect(CandidateSelector(configuration).selection(of: Array(items)).kept == [0, 1, 2])
  }

  @Test func flagsHaveFloorsOfTheirOwn() {
    var items = Self.items([String](repeating: "a", count: 30))
    for place in [25, 27, 29] { items[place].features["is_cold"] = .flag(true) }
    let selected = Self.selector(
      keep: 10, quotas: [SelectionQuota(flag: "is_cold", floor: 2)]
    ).selection(of: items)
    #expect(selected.kept == Array(0..<8) + [25, 27])
    #expect(
      selected.cut == [
        .init(.floor, count: 2),
        .init(.score, count: 18),
      ])
  }

  @Test(arguments: [SelectionMethod.mmr, .dpp, .submodular])
  func likenessSpreadsTheSelection(method: SelectionMethod) {
    let items = Self.items([String](repeating: "a", count: 20) + ["b", "b", "c", "c"])
    func kept(_ tradeOff: Double) -> [Int] {
      Self.selector(method, keep: 8, alike: ["type"], tradeOff: tradeOff).selection(of: items).kept
    }
    #expect(Set(kept(0).map { $0 < 20 ? "a" : $0 < 22 ? "b" : "c" }).count == 3)
    #expect(kept(1) == Array(0..<8))
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func whatStandsAlreadyLeadsToTheSameRest(seed: UInt64) {
    let items = Similarities(items: 20, dimensions: 6, seed: seed)
    let mmr = maximalMarginalRelevance(
      relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 9)
    #expect(
      maximalMarginalRelevance(
        relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 9,
        after: Array(mmr.prefix(4))) == mmr)
    let dpp = determinantalGreedy(
      relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 5)
    #expect(
      determinantalGreedy(
        relevance: items.relevance, similarity: items.between, tradeOff: 0.5, length: 5,
        after: Array(dpp.prefix(2))) == dpp)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theGreedySetIsWorthMostOfTheBest(seed: UInt64) {
    var random = RandomStream(seed: seed, "submodular")
    let relevance = (0..<9).map { _ in random.uniform() }
    let groups = [(0..<9).map { _ in random.below(3) }, (0..<9).map { _ in random.below(4) }]
    func value(_ set: [Int]) -> Double {
      var roots = 0.0
      for own in groups {
        for group in Set(own) {
          let inside = set.filter { own[$0] == group }
          roots += inside.reduce(0.0) { $0 + relevance[$1] }.squareRoot()
        }
      }
      return 0.4 * set.reduce(0.0) { $0 + relevance[$1] } + 0.6 * roots
    }
    var best = 0.0
    for bits in 0..<512 where bits.nonzeroBitCount == 4 {
      best = max(best, value((0..<9).filter { bits >> $0 & 1 == 1 }))
    }
    let list = submodularGreedy(relevance: relevance, groups: groups, tradeOff: 0.4, length: 4)
    #expect(value(list) >= 0.632 * best)
    #expect(value(list) <= best + 1e-12)
  }

  @Test func shownItemsKeepTheirLabels() {
    let request = Request(
      id: "r", user: User(id: "u"), candidates: Self.items((0..<60).map { "t\($0 % 2)" }))
    let session = Session(
      request: request, time: 0, shown: [59, 3, 41], feedback: ["click": [1, 0, 1]])
    let cut = session.selected(by: Self.selector(keep: 10))
    #expect(cut.request.candidates.count == 10)
    #expect(cut.shown.map { cut.request.candidates[$0].id } == ["i59", "i3", "i41"])
    #expect(cut.feedback == session.feedback)
    #expect(cut.faults().isEmpty)
    #expect(session.selected(by: Self.selector(keep: 60)) == session)
  }
}
