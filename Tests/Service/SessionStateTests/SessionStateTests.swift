import EventIngest
import SessionState
import Sessions
import TestSupport
import Testing

struct SessionStateTests {
  private static func state(_ change: (inout SessionStateConfiguration) -> Void = { _ in })
    -> SessionState
  {
    var configuration = SessionStateConfiguration()
    configuration.lengths = ["exposure": 4, "click": 2]
    configuration.windowSeconds = 100
    change(&configuration)
    return SessionState(configuration)
  }

  private static func items(_ ids: String...) -> [Candidate] {
    ids.map { Candidate(id: $0, features: ["name": .text($0)]) }
  }

  private static func click(_ item: String, in list: String, at time: Double) -> InteractionEvent {
    InteractionEvent(ranking: list, item: item, type: "click", time: time)
  }

  @Test func memoryIsBounded() {
    let state = Self.state { $0.users = 3 }
    for user in 0..<10 {
      state.show(Self.items("a"), in: "q\(user)", to: "u\(user)", at: Double(user))
      // Whoever comes again stays.
      state.show(Self.items("b"), in: "p\(user)", to: "u0", at: Double(user))
    }
    #expect(state.userCount == 3)
    #expect(
      !state.history(of: "u0", before: 50).isEmpty && !state.history(of: "u9", before: 50).isEmpty)
    #expect(state.history(of: "u5", before: 50).isEmpty)
    #expect(state.history(of: "u0", before: 50).count == 4)
    let short = Self.state { $0.lists = 1 }
    short.show(Self.items("a"), in: "q1", to: "u", at: 1)
    short.show(Self.items("b"), in: "q2", to: "u", at: 2)
    #expect(short.add([Self.click("a", in: "q1", at: 3)]) == 0)
    #expect(short.add([Self.click("b", in: "q2", at: 3)]) == 1)
  }

  @Test func isMadeAgainOfTheLog() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(
      "decisions-20260101T000000-1.jsonl",
      """
      {"event":"user","user":"u","timestamp":10,"fields":{"age":3}}
      {"event":"ranking","id":"q1","timestamp":10,"user":"u","fields":{},\
      "items":[{"id":"a","fields":{"name":"a"},"position":2},{"id":"b","fields":{"name":"b"},"position":1},{"id":"c"}]}
      {"event":"ranking","id":"q2","timest
      """)
    _ = try folder.file(
      "feedback-20260101T000000-1.jsonl",
      """
      {"event":"interaction","ranking":"q1","item":"a","type":"click","timestamp":12}
      """)
    let state = Self.state()
    let restored = try state.restore(fromLog: folder.path(""), now: 50)
    #expect(restored == SessionState.Restored(rankings: 1, interactions: 1, skipped: 1))
    let live = Self.state()
    live.show(Self.items("b", "a"), in: "q1", to: "u", at: 10)
    live.add([Self.click("a", in: "q1", at: 12)])
    #expect(state.history(of: "u", before: 50) == live.history(of: "u", before: 50))
    #expect(state.history(of: "u", before: 50).map(\.item.id) == ["b", "a", "a"])
    let late = Self.state()
    _ = try late.restore(fromLog: folder.path(""), now: 1000)
    #expect(late.userCount == 0)
  }

  @Test func aMissingLogIsNoHistory() throws {
    #expect(try Self.state().restore(fromLog: "/nowhere/at/all", now: 0) == SessionState.Restored())
  }
}

struct ServedPagesTests {
  @Test func isRankedAgainAfterATriggerOrEnoughExposures() throws {
    let pages = ServedPages(most: 2)
    pages.show(["a", "b", "c", "d", "e"], as: "q1", body: [1])
    let first = try #require(pages.advance("q1", seen: 1, isTrigger: false, exposures: 3))
    #expect(!first.isDue && first.page.items == ["b", "c", "d", "e"] && first.page.seen == ["a"])
    let second = try #require(pages.advance("q1", seen: 2, isTrigger: false, exposures: 3))
    #expect(second.isDue && second.page.items == ["d", "e"])
    pages.replace("q1", by: ["e", "d"], as: "q1.1")
    let third = try #require(pages.advance("q1", seen: 0, isTrigger: true, exposures: 3))
    #expect(third.isDue && third.page.items == ["e", "d"] && third.page.list == "q1.1")
    #expect(third.page.rounds == 1)
    let last = try #require(pages.advance("q1", seen: 2, isTrigger: true, exposures: 3))
    #expect(!last.isDue && last.page.items.isEmpty)
    #expect(pages.advance("q9", seen: 0, isTrigger: true, exposures: 0) == nil)
  }

  @Test func theOldestAreForgotten() {
    let pages = ServedPages(most: 2)
    for id in ["q1", "q2", "q3"] { pages.show(["a"], as: id, body: []) }
    #expect(pages[session: "q1"] == nil && pages[session: "q3"] != nil)
  }
}
