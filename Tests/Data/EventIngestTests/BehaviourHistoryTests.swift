import EventIngest
import Foundation
import Sessions
import TestSupport
import Testing

struct BehaviourHistoryTests {
  private static let place = EventLocation(path: "log", line: 1)

  private static func ranking(_ id: String, at time: Double, _ items: [String]) -> LogEvent {
    .ranking(
      RankingEvent(
        id: id, time: time, user: "u",
        items: items.enumerated().map { index, id in
          .init(
            candidate: Candidate(id: id, features: ["shown": .text("\(id)@\(time)")]),
            position: index + 1)
        }))
  }

  private static func click(
    _ item: String, in ranking: String, at time: Double, _ type: String = "click",
    value: Double? = nil, fields: FeatureMap = [:]
  ) -> LogEvent {
    .interaction(
      InteractionEvent(
        ranking: ranking, item: item, type: type, time: time, value: value, fields: fields))
  }

  private static func sessions(
    _ events: [LogEvent], _ lengths: [String: Int], window: Double? = nil
  ) -> [Session] {
    var joiner = EventJoiner(
      window: 100, history: HistoryOptions(lengths: lengths, window: window))
    return events.flatMap { joiner.add($0, at: place) } + joiner.finish()
  }

  private static let both = ["exposure": 50, "click": 50]

  @Test func tellsWhatWasShownAndDone() throws {
    let sessions = Self.sessions(
      [
        Self.ranking("q1", at: 10, ["a", "b"]),
        Self.click("b", in: "q1", at: 13, fields: ["speed": .number(2)]),
        Self.click("b", in: "q1", at: 15, "dwell", value: 8.2),
        Self.ranking("q2", at: 20, ["c"]),
      ], Self.both)
    #expect(sessions[0].request.history.isEmpty)
    let history = sessions[1].request.history
    #expect(history.map(\.type) == ["exposure", "exposure", "click"])
    #expect(history.map(\.item.id) == ["a", "b", "b"])
    #expect(history.map(\.position) == [1, 2, 2])
    #expect(history[0].action.isEmpty)
    #expect(history[1].action == ["click": .flag(true), "dwell": .number(8.2)])
    #expect(history[2].action == ["speed": .number(2), "dwell": .number(8.2)])
    #expect(history[2].item.features == ["shown": .text("b@10.0")])
    #expect(sessions.allSatisfy { $0.faults().isEmpty })
  }

  /// Behaviours, and what is told of how they were done, from the time of the ranking on.
  private static func leaks(_ session: Session, _ events: [LogEvent]) -> [String] {
    var later: Set<String> = []
    for case .interaction(let event) in events where event.time >= session.time {
      later.insert("\(event.item):\(event.type)")
    }
    return session.request.history.flatMap { behaviour -> [String] in
      var found = behaviour.time < session.time ? [] : ["\(behaviour.item.id) at its time"]
      found += behaviour.action.keys.map { "\(behaviour.item.id):\($0)" }.filter(later.contains)
      if later.contains("\(behaviour.item.id):\(behaviour.type)") { found.append(behaviour.type) }
      return found
    }
  }

  @Test func knowsNothingOfTheRankingOrLater() throws {
    let events = [
      Self.ranking("q1", at: 10, ["a", "b", "c"]),
      Self.click("a", in: "q1", at: 19.999),
      // At the very time, though it stands before the ranking in the log, and later.
      Self.click("b", in: "q1", at: 20),
      Self.ranking("q2", at: 20, ["d"]),
      Self.click("c", in: "q1", at: 20.001),
      Self.click("a", in: "q1", at: 30, "dwell", value: 5),
      Self.click("d", in: "q2", at: 25),
      Self.ranking("q3", at: 20, ["e"]),
    ]
    let sessions = Self.sessions(events, Self.both)
    for session in sessions { #expect(Self.leaks(session, events).isEmpty) }
    let second = try #require(sessions.first { $0.request.id == "q2" })
    #expect(second.request.history.map(\.item.id) == ["a", "b", "c", "a"])
    #expect(second.request.history[0].action == ["click": .flag(true)])
    // A ranking at the same time is no past either.
    let third = try #require(sessions.first { $0.request.id == "q3" })
    #expect(!third.request.history.contains { $0.item.id == "d" })
  }

  @Test func aPlantedLeakIsSeen() throws {
    let events = [
      Self.ranking("q1", at: 10, ["a"]), Self.ranking("q2", at: 20, ["b"]),
      Self.click("a", in: "q1", at: 25),
    ]
    var session = try #require(Self.sessions(events, Self.both).last)
    #expect(Self.leaks(session, events).isEmpty)
    session.request.history[0].action["click"] = .flag(true)
    #expect(Self.leaks(session, events) == ["a:click"])
    session.request.history.append(
      Behaviour(type: "click", time: 25, item: Candidate(id: "a")))
    #expect(session.faults().map(\.pointer) == ["/history/1/time"])
  }

  @Test func keepsTheNewest() {
    let events = (0..<20).map { Self.ranking("q\($0)", at: Double(10 * $0), ["i\($0)"]) }
    let sessions = Self.sessions(events, ["exposure": 3])
    #expect(sessions[19].request.history.map(\.item.id) == ["i16", "i17", "i18"])
    let recent = Self.sessions(events, ["exposure": 9], window: 25)
    #expect(recent[19].request.history.map(\.item.id) == ["i17", "i18"])
  }

  /// Without exposures, what was done before is known from the other interactions.
  @Test func interactionsKnowOfEachOther() {
    let sessions = Self.sessions(
      [
        Self.ranking("q1", at: 10, ["a"]), Self.click("a", in: "q1", at: 11),
        Self.click("a", in: "q1", at: 12, "like"),
        Self.click("a", in: "q1", at: 13, "dwell", value: 4),
        Self.ranking("q2", at: 20, ["b"]),
      ], ["click": 5, "like": 5, "dwell": 5])
    let history = sessions[1].request.history
    #expect(history.map(\.type) == ["click", "like", "dwell"])
    #expect(history[0].action == ["like": .flag(true), "dwell": .number(4)])
    #expect(history[1].action == ["click": .flag(true), "dwell": .number(4)])
    #expect(history[2].action == ["click": .flag(true), "like": .flag(true), "dwell": .number(4)])
  }

  @Test func otherUsersAndTypesStayOut() {
    var other = Self.ranking("q1", at: 10, ["a"])
    if case .ranking(var ranking) = other {
      ranking.user = "v"
      other = .ranking(ranking)
    }
    let sessions = Self.sessions(
      [
        other, Self.ranking("q2", at: 20, ["b"]), Self.click("b", in: "q2", at: 21, "like"),
        Self.ranking("q3", at: 30, ["c"]),
      ], ["click": 5])
    #expect(sessions.allSatisfy { $0.request.history.isEmpty })
  }

  @Test func whatIsTakenBackWasNotDone() {
    var joiner = EventJoiner(
      window: 100, retractions: ["unsave": "save"],
      history: HistoryOptions(lengths: ["exposure": 5, "save": 5]))
    let events = [
      Self.ranking("q1", at: 10, ["a"]), Self.click("a", in: "q1", at: 11, "save"),
      Self.click("a", in: "q1", at: 12, "unsave"), Self.ranking("q2", at: 20, ["b"]),
    ]
    let sessions = events.flatMap { joiner.add($0, at: Self.place) } + joiner.finish()
    #expect(sessions[1].request.history.map(\.type) == ["exposure"])
    #expect(sessions[1].request.history[0].action.isEmpty)
  }

  @Test func aFileGetsTheSameBothWays() throws {
    let folder = try TemporaryFolder()
    let log = try folder.file(
      "log",
      """
      {"event":"ranking","id":"q1","timestamp":10,"user":"u",\
      "items":[{"id":"a","position":1,"fields":{"p":1.5}}]}
      {"event":"interaction","ranking":"q1","item":"a","type":"click","timestamp":12,"fields":[]}
      {"event":"interaction","ranking":"q1","item":"a","type":"dwell","timestamp":13,"value":3.1,\
      "fields":{"speed":2}}
      {"event":"interaction","ranking":"q1","item":"a","type":"open","timestamp":14,\
      "fields":{"odd":{"nested":1}}}
      {"event":"ranking","id":"q2","timestamp":20,"user":"u","items":[{"id":"b","position":1}]}
      """)
    var options = IngestOptions()
    options.history = HistoryOptions(lengths: ["exposure": 5, "click": 5, "dwell": 5, "open": 5])
    let report = try ingest(events: [log], to: folder.path("fast"), options: options, scans: true)
    _ = try ingest(events: [log], to: folder.path("plain"), options: options, scans: false)
    #expect(try bytes(of: folder.path("fast")) == bytes(of: folder.path("plain")))
    #expect(report.behaviours == ["exposure": 1, "click": 1, "dwell": 1, "open": 1])
    let history = try SessionReader.all(path: folder.path("fast"))[1].request.history
    #expect(history[0].action["dwell"] == .number(3.1))
    #expect(
      history[2].action == [
        "dwell": .number(3.1), "speed": .number(2), "click": .flag(true), "open": .flag(true),
      ])
    #expect(history[3].action["odd"] == nil && history[3].type == "open")
    #expect(history[0].item.features == ["p": .number(1.5)])
  }

  @Test func lengthsAreNumbersFromOne() {
    var options = IngestOptions()
    options.history = HistoryOptions(lengths: ["click": 0], window: -1)
    #expect(options.faults().map(\.pointer) == ["/history/click", "/history-window"])
  }
}
