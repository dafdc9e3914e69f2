import EventIngest
import JSON
import Sessions
import Testing

struct LogEventTests {
  private func event(_ text: String) throws -> LogEvent {
    try LogEvent(json: JSONScanner.parse(text))
  }

  @Test func rankingsKeepTheirItemsInOrder() throws {
    let got = try event(
      #"{"event":"ranking","id":"q","timestamp":5,"user":"u","session":"s","policy":"p","#
        + #""fields":{"page":1},"items":[{"id":"a","position":2,"propensity":0.5},"#
        + #"{"id":7,"fields":[{"name":"x","value":1}],"position":null},{"id":"c","position":1}]}"#)
    #expect(
      got
        == .ranking(
          RankingEvent(
            id: "q", time: 5, user: "u", fields: ["page": .number(1)],
            items: [
              .init(candidate: Candidate(id: "a"), position: 2, propensity: 0.5),
              .init(candidate: Candidate(id: "7", features: ["x": .number(1)])),
              .init(candidate: Candidate(id: "c"), position: 1),
            ])))
  }

  @Test func theOtherKindsAreRead() throws {
    #expect(
      try event(
        #"{"event":"interaction","ranking":"q","item":"a","type":"dwell","timestamp":1,"value":3}"#)
        == .interaction(
          InteractionEvent(ranking: "q", item: "a", type: "dwell", time: 1, value: 3)))
    #expect(
      try event(#"{"event":"item","id":"a","fields":{"x":1}}"#)
        == .item(FeatureUpdate(id: "a", fields: ["x": .number(1)])))
    #expect(
      try event(
        #"{"event":"user","id":"e9","user":"u","timestamp":"1970-01-01T00:00:01Z","fields":[]}"#)
        == .user(FeatureUpdate(id: "u", time: 1, fields: [:])))
  }

  @Test(arguments: [
    (#"[]"#, "", false), (#"{}"#, "/event", true), (#"{"event":"impression"}"#, "/event", false),
    (#"{"event":3}"#, "/event", false), (#"{"event":"ranking"}"#, "/id", true),
    (#"{"event":"ranking","id":"q","timestamp":"noon"}"#, "/timestamp", false),
    (#"{"event":"ranking","id":"q","timestamp":1,"user":""}"#, "/user", false),
    (#"{"event":"ranking","id":"q","timestamp":1,"user":"u"}"#, "/items", true),
    (
      #"{"event":"ranking","id":"q","timestamp":1,"user":"u","items":[{"id":"a"},{}]}"#,
      "/items/1/id", true
    ),
    (
      #"{"event":"ranking","id":"q","timestamp":1,"user":"u","items":[{"id":"a","position":1.5}]}"#,
      "/items/0/position", false
    ),
    (
      #"{"event":"ranking","id":"q","timestamp":1,"user":"u","items":[{"id":"a","propensity":0}]}"#,
      "/items/0/propensity", false
    ),
    (#"{"event":"interaction","ranking":"q","item":"a"}"#, "/type", true),
    (
      #"{"event":"interaction","ranking":"q","item":"a","type":"t","timestamp":1,"value":"x"}"#,
      "/value", false
    ),
    (#"{"event":"item","id":"a"}"#, "/fields", true),
    (#"{"event":"user","fields":{}}"#, "/id", true),
  ])
  func faultsNameTheField(_ text: String, _ pointer: String, _ isMissing: Bool) throws {
    #expect {
      _ = try event(text)
    } throws: {
      ($0 as? FieldError)?.pointer == pointer && ($0 as? FieldError)?.isMissing == isMissing
    }
  }
}
