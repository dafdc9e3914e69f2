import JSON
import Sessions
import Testing

struct HistoryTests {
  private static let session = Session(
    request: Request(
      id: "q", user: User(id: "u"), candidates: [Candidate(id: "a"), Candidate(id: "b")],
      history: [
        Behaviour(
          type: Behaviour.exposure, time: 10, item: Candidate(id: "x", features: ["p": .number(2)]),
          position: 1),
        Behaviour(
          type: "click", time: 12.5, item: Candidate(id: "x"), action: ["dwell": .number(8.2)]),
      ]), time: 20, shown: [1], feedback: ["click": [1]])

  private static func fault(_ change: (inout Session) -> Void) -> FieldError? {
    var session = session
    change(&session)
    return session.faults().first
  }

  @Test func goesThroughJSON() throws {
    let text: String = Self.session.json.serialized()
    #expect(try Session(json: JSONScanner.parse(text.utf8)) == Self.session)
    #expect(text.contains(#""history":[{"type":"exposure","time":10,"item":{"id":"x""#))
    #expect(Self.session.faults().isEmpty)
  }

  @Test func aSessionWithoutOneWritesNone() {
    var session = Self.session
    session.request.history = []
    #expect(!(session.json.serialized() as String).contains("history"))
  }

  @Test(arguments: [20, 20.001, 1e9]) func whatCameLaterIsRefused(time: Double) throws {
    let fault = try #require(Self.fault { $0.request.history[1].time = time })
    #expect(fault.pointer == "/history/1/time")
    #expect(fault.expected == "a time before the session's own, 20.0")
  }

  @Test func theOldestStandsFirst() throws {
    let fault = try #require(Self.fault { $0.request.history.reverse() })
    #expect(fault.pointer == "/history/1/time" && fault.remedy.contains("oldest"))
  }

  @Test func namesAreNeeded() throws {
    let fault = try #require(Self.fault { $0.request.history[0].item.id = "" })
    #expect(fault.pointer == "/history/0/item/id")
  }

  @Test func unknownKeysAreNamed() throws {
    let json = try JSONScanner.parse(
      #"[{"type":"click","time":1,"item":{"id":"a"},"actions":{}}]"#.utf8)
    let fault = #expect(throws: FieldError.self) {
      try [Behaviour](json: json, pointer: "/history")
    }
    #expect(fault?.pointer == "/history/0/actions")
    #expect(fault?.remedy == "did you mean \"action\"?")
  }
}
