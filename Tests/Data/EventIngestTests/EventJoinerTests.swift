import EventIngest
import Sessions
import TestSupport
import Testing

struct EventJoinerTests {
  private let place = EventLocation(path: "log", line: 1)

  private func ranking(_ id: String, at time: Double, _ shown: [String] = ["a", "b"]) -> LogEvent {
    .ranking(
      RankingEvent(
        id: id, time: time, user: "u",
        items: shown.enumerated().map {
          .init(candidate: Candidate(id: $1), position: $0 + 1)
        } + [.init(candidate: Candidate(id: "hidden"))]))
  }

  private func act(
    _ type: String, _ item: String = "a", on ranking: String = "q", at time: Double,
    value: Double? = nil
  ) -> LogEvent {
    .interaction(
      InteractionEvent(ranking: ranking, item: item, type: type, time: time, value: value))
  }

  private func join(
    _ events: [LogEvent], window: Double = 100, retractions: [String: String] = [:]
  ) -> (sessions: [Session], counts: EventCounts) {
    var joiner = EventJoiner(window: window, retractions: retractions)
    var sessions: [Session] = []
    for (line, event) in events.enumerated() {
      sessions += joiner.add(event, at: EventLocation(path: "log", line: line + 1))
    }
    sessions += joiner.finish()
    return (sessions, joiner.counts)
  }

  @Test func shownItemsFollowTheirPositions() throws {
    let items: [RankingEvent.Item] = [
      .init(candidate: Candidate(id: "a"), position: 3, propensity: 0.3),
      .init(candidate: Candidate(id: "b")),
      .init(candidate: Candidate(id: "c"), position: 1, propensity: 0.1),
      .init(candidate: Candidate(id: "d"), position: 2, propensity: 0.2),
    ]
    let event = RankingEvent(
      id: "q", time: 4, user: "u", fields: ["page": .number(1)], items: items)
    let session = try #require(join([.ranking(event)]).sessions.first)
    #expect(session.request.candidates.map(\.id) == ["a", "b", "c", "d"])
    #expect(session.shown == [2, 3, 0])
    #expect(session.propensity == [0.1, 0.2, 0.3])
    #expect(session.request.context == ["page": .number(1)])
    #expect(session.time == 4 && session.request.id == "q" && session.request.user.id == "u")
  }

  @Test func masksGoWithTheirRanking() throws {
    let masks = ListMasks(
      pins: [.init(id: "a", position: 1)], ban: ["hidden"],
      rules: [["flag": .text("is_ad"), "at_most": .number(1)]])
    guard case .ranking(var event) = ranking("q", at: 0) else { return }
    event.masks = masks
    #expect(join([.ranking(event)]).sessions.first?.masks == masks)
  }

  @Test func masksThatTheListBreaksAreDroppedWithThePropensities() throws {
    for masks in [
      ListMasks(pins: [.init(id: "b", position: 1)]),
      ListMasks(pins: [.init(id: "a", position: 3)]),
      ListMasks(ban: ["b"]),
    ] {
      guard case .ranking(var event) = ranking("q", at: 0) else { return }
      event.masks = masks
      for index in event.items.indices { event.items[index].propensity = 0.5 }
      let (sessions, counts) = join([.ranking(event)])
      let session = try #require(sessions.first)
      #expect(session.masks == nil && session.propensity == nil)
      #expect(counts.skipped.map(\.reason) == [.brokenMasks])
    }
  }

  @Test func mereEventsCountOnceAndAmountsAddUp() {
    let (sessions, counts) = join([
      ranking("q", at: 0), act("click", at: 1), act("click", at: 2), act("click", "b", at: 3),
      act("dwell", at: 4, value: 2.5), act("dwell", at: 5, value: 3), act("dwell", "b", at: 6),
      act("mixed", at: 7), act("mixed", at: 8, value: 4), act("mixed", at: 9),
    ])
    #expect(sessions.map(\.feedback) == [["click": [1, 1], "dwell": [5.5, 1], "mixed": [4, 0]]])
    #expect(counts.joined == 9 && counts.skipped.isEmpty)
  }

  @Test func aRetractionTakesBackWhatCameBefore() {
    let (sessions, counts) = join(
      [
        ranking("q", at: 0), act("save", at: 1), act("save", "b", at: 2), act("unsave", at: 3),
        act("save", "b", at: 4, value: 2), act("unsave", "b", at: 5), act("save", "b", at: 6),
      ], retractions: ["unsave": "save"])
    #expect(sessions.map(\.feedback) == [["save": [0, 1]]])
    #expect(counts.retractions == 2)
  }

  @Test func theWindowIncludesBothItsEnds() {
    let (sessions, counts) = join([
      ranking("q", at: 0), act("x", at: 0), act("y", at: 100), act("z", at: 100.001),
    ])
    #expect(sessions.map(\.feedback) == [["x": [1, 0], "y": [1, 0]]])
    #expect(counts.count(of: .outsideWindow) == 1 && counts.joined == 2)
  }

  @Test func anInteractionOfTheSameTimeMayStandBeforeItsRanking() {
    let (sessions, counts) = join([act("x", at: 5), act("y", at: 4), ranking("q", at: 5)])
    #expect(sessions.map(\.feedback) == [["x": [1, 0]]])
    #expect(counts.count(of: .beforeRanking) == 1)
  }

  @Test func whatCannotBeJoinedIsCountedByReason() {
    let hole = RankingEvent(
      id: "hole", time: 3, user: "u",
      items: [
        .init(candidate: Candidate(id: "a"), position: 1),
        .init(candidate: Candidate(id: "b"), position: 3),
      ])
    let double = RankingEvent(
      id: "double", time: 3, user: "u",
      items: [
        .init(candidate: Candidate(id: "a"), position: 1),
        .init(candidate: Candidate(id: "b"), position: 1),
      ])
    let half = RankingEvent(
      id: "half", time: 3, user: "u",
      items: [
        .init(candidate: Candidate(id: "a"), position: 1, propensity: 0.5),
        .init(candidate: Candidate(id: "b"), position: 2),
      ])
    let (sessions, counts) = join([
      ranking("q", at: 1), ranking("q", at: 2), ranking("none", at: 2, []), .ranking(hole),
      .ranking(double), ranking("twice", at: 3, ["a", "a"]), .ranking(half),
      act("x", "hidden", at: 4), act("x", "stranger", at: 4), act("x", on: "nobody", at: 4),
      act("x", on: "hole", at: 5), act("x", at: 900), ranking("far", at: 1000),
      act("late", on: "far", at: 10),
    ])
    #expect(sessions.map(\.request.id) == ["q", "half", "far"])
    #expect(sessions.allSatisfy { $0.propensity == nil && $0.feedback.isEmpty })
    let expected: [SkipReason: Int] = [
      .duplicateRanking: 1, .nothingShown: 1, .badPositions: 2, .repeatedItem: 1,
      .partialPropensity: 1, .itemNotShown: 2, .unknownRanking: 2, .outsideWindow: 1,
      .outOfOrder: 1,
    ]
    for reason in SkipReason.allCases {
      #expect(counts.count(of: reason) == expected[reason] ?? 0, "\(reason)")
    }
    #expect(counts.skipped.first?.reason == .outOfOrder)
    #expect(counts.skipped.first?.examples == ["log:14 (990.0 s behind)"])
  }

  @Test func atMostThreeExamplesAreKept() {
    let strangers = (0..<9).map { act("x", "stranger", at: Double($0)) }
    let (_, counts) = join([ranking("q", at: 0)] + strangers)
    #expect(counts.skipped.map(\.count) == [9])
    #expect(counts.skipped.first?.examples.count == 3)
    #expect(counts.skipped.first?.examples.first?.hasPrefix("log:2 (") == true)
  }

  @Test func theLatestUpdateBeforeTheRankingHoldsUnderItsOwnFields() throws {
    let own = RankingEvent(
      id: "q", time: 10, user: "u",
      items: [
        .init(candidate: Candidate(id: "a", features: ["price": .number(9)]), position: 1)
      ])
    let (sessions, counts) = join([
      .item(FeatureUpdate(id: "a", fields: ["price": .number(1), "shop": .text("s")])),
      .item(FeatureUpdate(id: "a", time: 12, fields: ["shop": .text("later")])),
      .user(FeatureUpdate(id: "u", time: 3, fields: ["age": .number(30), "new": .flag(true)])),
      .user(FeatureUpdate(id: "u", time: 4, fields: ["age": .number(31)])),
      .item(FeatureUpdate(id: "a", time: 5, fields: ["stock": .number(4)])), .ranking(own),
    ])
    let session = try #require(sessions.first)
    #expect(
      session.request.candidates[0].features
        == ["price": .number(9), "shop": .text("s"), "stock": .number(4)])
    #expect(session.request.user.features == ["age": .number(31), "new": .flag(true)])
    #expect(counts.itemUpdates == 3 && counts.userUpdates == 2 && counts.skipped.isEmpty)
  }

  @Test func sessionsComeAsSoonAsTheirWindowAndTheDisorderHavePassed() {
    var joiner = EventJoiner(window: 10)
    #expect(joiner.add(ranking("q", at: 0), at: place).isEmpty)
    #expect(joiner.add(ranking("r", at: 20), at: place).isEmpty)
    // The ranking at 20 would close the first one, but something at 11 could still come.
    #expect(joiner.add(ranking("s", at: 21), at: place).isEmpty)
    #expect(joiner.add(ranking("t", at: 30.5), at: place).map(\.request.id) == ["q"])
    #expect(joiner.finish().map(\.request.id) == ["r", "s", "t"])
  }

  /// The definition, without any streaming: sort, then look up.
  private func direct(_ events: [LogEvent], window: Double) -> [String: [String: [Float]]] {
    var feedback: [String: [String: [Float]]] = [:]
    let ordered = events.enumerated().sorted {
      ($0.element.time ?? 0, $0.offset) < ($1.element.time ?? 0, $1.offset)
    }.map(\.element)
    for case .ranking(let ranking) in ordered {
      feedback[ranking.id] = [:]
      for case .interaction(let act) in ordered
      where act.ranking == ranking.id && (0...window).contains(act.time - ranking.time) {
        guard let slot = ["a", "b"].firstIndex(of: act.item) else { continue }
        if act.type == "unsave" {
          feedback[ranking.id]?["save", default: [0, 0]][slot] = 0
        } else {
          feedback[ranking.id]?[act.type, default: [0, 0]][slot] = 1
        }
      }
    }
    return feedback
  }

  @Test(arguments: 1...10)
  func disorderWithinTheWindowChangesNothing(_ seed: Int) {
    var generator = TestGenerator(seed: UInt64(seed))
    var events: [LogEvent] = []
    for number in 0..<300 {
      let start = Double(generator.below(20_000)) / 8
      events.append(ranking("q\(number)", at: start))
      for _ in 0..<generator.below(6) {
        events.append(
          act(
            ["save", "unsave", "open"][generator.below(3)], ["a", "b", "c"][generator.below(3)],
            on: "q\(number)", at: start + Double(generator.below(960)) / 8 - 10))
      }
    }
    // Arrival: true time plus up to one window, so nothing is further out of order than that.
    let arrivals = events.map { event in
      ((event.time ?? 0) + Double(generator.below(800)) / 8, event)
    }
    let shuffled = arrivals.enumerated().sorted {
      ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
    }.map(\.element.1)
    let (sessions, counts) = join(shuffled, retractions: ["unsave": "save"])
    #expect(sessions.count == 300 && counts.count(of: .outOfOrder) == 0)
    #expect(sessions.map(\.time) == sessions.map(\.time).sorted())
    let expected = direct(shuffled, window: 100)
    for session in sessions { #expect(session.feedback == expected[session.request.id]) }
    let skipped = counts.skipped.reduce(0) { $0 + $1.count }
    #expect(counts.joined + skipped == counts.interactions)
  }
}
