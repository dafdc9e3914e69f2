import JSON
import Sessions
import Testing

@Suite struct SessionMomentTests {
  private let session = Session(
    request: Request(
      id: "r", user: User(id: "u"), candidates: ["a", "b", "c", "d"].map { Candidate(id: $0) }),
    time: 100, shown: [2, 0, 3],
    feedback: ["click": [1, 0, .nan], "dwell": [8.5, 0, .nan], "has_next": [1, 0, .nan]],
    propensity: [0.5, 0.4, 0.3])

  @Test func theItemsAboveBecomeBehaviours() throws {
    let moment = try #require(session.moment(after: 1))
    #expect(moment.request.id == "r@1" && moment.time == 103)
    #expect(moment.request.candidates.map(\.id) == ["a", "b", "d"])
    #expect(moment.shown == [0, 2] && moment.propensity == [0.4, 0.3])
    #expect(moment.feedback["click"]?[0] == 0)
    let history = moment.request.history
    #expect(history.map(\.type) == ["exposure", "click", "dwell", "has_next"])
    #expect(history.allSatisfy { $0.item.id == "c" && $0.position == 1 })
    #expect(
      history[0].action == ["click": .flag(true), "dwell": .number(8.5), "has_next": .flag(true)])
    #expect(history[1].action["click"] == nil)
    #expect(moment.faults().isEmpty)
  }

  @Test func thereIsNoneBehindWhereTheUserLeft() {
    #expect(session.reached == 2)
    #expect(session.moment(after: 2) == nil)
  }

  @Test func whatIsNotKnownIsNullInAFile() throws {
    let text = session.json.serialized() as String
    #expect(text.contains(#""click":[1,0,null]"#))
    let read = try Session(json: JSONScanner.parse(text.utf8))
    #expect(read.reached == 2 && read.feedback["click"]?[0] == 1)
  }
}
