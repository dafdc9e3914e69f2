import JSON
import Sessions
import TestSupport
import Testing

struct SessionJSONTests {
  static let sound =
    #"{"id":"r1","time":1.5,"user":{"id":"u","features":{"age":3}},"context":{"page":1},"#
    + #""candidates":[{"id":"a","features":{"x":0.5}},{"id":"b","features":{}}],"shown":[1,0],"#
    + #""feedback":{"click":[1,0],"dwell":[2.5,0.1]},"propensity":[0.5,0.25]}"#

  private func fault(_ text: String) throws -> FieldError? {
    let json = try JSONScanner.parse(text)
    do throws(FieldError) {
      _ = try Session(json: json)
      return nil
    } catch {
      return error
    }
  }

  @Test func aSessionIsReadFromItsLine() throws {
    let session = try Session(json: JSONScanner.parse(SessionJSONTests.sound))
    #expect(
      session
        == Session(
          request: Request(
            id: "r1", user: User(id: "u", features: ["age": .number(3)]),
            context: ["page": .number(1)],
            candidates: [Candidate(id: "a", features: ["x": .number(0.5)]), Candidate(id: "b")]),
          time: 1.5, shown: [1, 0], feedback: ["click": [1, 0], "dwell": [2.5, 0.1]],
          propensity: [0.5, 0.25]))
    #expect(session.json.serialized() == SessionJSONTests.sound)
  }

  @Test func masksComeBackAndAreHeldAgainstTheList() throws {
    func line(_ masks: String) -> String { Self.sound.dropLast() + #","masks":"# + masks + "}" }
    let full =
      #"{"pins":[{"id":"b","position":1}],"ban":["x"],"require":["a"],"#
      + #""rules":[{"at_most":1,"flag":"is_ad","window":3}]}"#
    let session = try Session(json: JSONScanner.parse(line(full)))
    #expect(
      session.masks
        == ListMasks(
          pins: [.init(id: "b", position: 1)], ban: ["x"], require: ["a"],
          rules: [["flag": .text("is_ad"), "at_most": .number(1), "window": .number(3)]]))
    #expect(session.json.serialized() == line(full))
    for (masks, pointer) in [
      (#"{"pins":[{"id":"a","position":1}]}"#, "/masks/pins/0"),
      (#"{"pins":[{"id":"a","position":3}]}"#, "/masks/pins/0"),
      (#"{"ban":["x","a"]}"#, "/masks/ban/1"), (#"{"bans":["a"]}"#, "/masks/bans"),
      (#"{"pins":[{"id":"b"}]}"#, "/masks/pins/0/position"), ("3", "/masks"),
    ] {
      #expect(try fault(line(masks))?.pointer == pointer, "\(masks)")
    }
  }

  @Test(arguments: 1...5)
  func anySessionComesBackFromItsBytes(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    for number in 0..<200 {
      let session = randomSession(&generator, number)
      let bytes: [UInt8] = session.json.serialized()
      #expect(try Session(json: JSONScanner.parse(bytes)) == session)
      let again: [UInt8] = session.json.serialized()
      #expect(again == bytes)
    }
  }

  @Test(arguments: 1...3)
  func anyFiniteFeedbackComesBack(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    for _ in 0..<3000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      guard value.isFinite else { continue }
      var session = plainSession("r", user: "u", time: 0)
      session.feedback = ["click": [value]]
      #expect(try Session(json: session.json).feedback["click"]?[0].bitPattern == value.bitPattern)
    }
  }

  @Test func idsMayBeUnquotedAndOptionalFieldsMissing() throws {
    let session = try Session(
      json: JSONScanner.parse(
        #"{"id":7,"time":"1970-01-01T00:00:02Z","user":{"id":8},"candidates":[{"id":9}],"#
          + #""shown":[0],"feedback":{},"context":null,"propensity":null}"#))
    #expect(session.request.id == "7" && session.request.user.id == "8" && session.time == 2)
    #expect(session.propensity == nil && session.request.context.isEmpty)
  }

  @Test(arguments: [
    (#""id":"r1""#, #""id":"""#, "/id"), (#""id":"r1","#, "", "/id"),
    (#""time":1.5"#, #""time":"yesterday""#, "/time"), (#""time":1.5"#, #""time":null"#, "/time"),
    (#""shown":[1,0]"#, #""shown":[1,2]"#, "/shown/1"),
    (#""shown":[1,0]"#, #""shown":[1,1]"#, "/shown/1"),
    (#""shown":[1,0]"#, #""shown":[-1,0]"#, "/shown/0"),
    (#""shown":[1,0]"#, #""shown":[0.5,0]"#, "/shown/0"),
    (#""shown":[1,0]"#, #""shown":[]"#, "/shown"), (#""shown":[1,0]"#, #""shown":1"#, "/shown"),
    (#""click":[1,0]"#, #""click":[1]"#, "/feedback/click"),
    (#""click":[1,0]"#, #""click":[1,true]"#, "/feedback/click/1"),
    (#""click":[1,0]"#, #""click":[1e39,0]"#, "/feedback/click/0"),
    (#""click""#, #""""#, "/feedback/"), (#"[0.5,0.25]"#, "[0.5]", "/propensity"),
    (#"[0.5,0.25]"#, "[0.5,0]", "/propensity/1"), (#"[0.5,0.25]"#, "[0.5,1.5]", "/propensity/1"),
    (#"[0.5,0.25]"#, "[0.5,1e-60]", "/propensity/1"),
    (#""id":"b""#, #""id":"a""#, "/candidates/1/id"),
    (#""id":"b""#, #""id":"""#, "/candidates/1/id"),
    (#""id":"b","#, "", "/candidates/1/id"),
    (#"{"x":0.5}"#, #"{"x":{}}"#, "/candidates/0/features/x"),
    (#"{"x":0.5}"#, "3", "/candidates/0/features"),
    (#""features":{}"#, #""feature":{}"#, "/candidates/1/feature"),
    (#""user":{"id":"u""#, #""user":{"id":null"#, "/user/id"),
    (#""context":{"page":1}"#, #""context":[1]"#, "/context/0"),
    (#""feedback":{"click":[1,0],"dwell":[2.5,0.1]}"#, #""feedback":[]"#, "/feedback"),
    (#""propensity""#, #""propensities""#, "/propensities"),
  ])
  func eachFaultNamesItsField(_ sound: String, _ broken: String, _ pointer: String) throws {
    let text = SessionJSONTests.sound.replacing(sound, with: broken, maxReplacements: 1)
    #expect(text != SessionJSONTests.sound)
    let fault = try #require(try fault(text))
    #expect(fault.pointer == pointer)
    #expect(!fault.expected.isEmpty && !fault.got.isEmpty && !fault.remedy.isEmpty)
  }

  @Test func emptyCandidatesAreRefused() throws {
    let text =
      #"{"id":"r","time":0,"user":{"id":"u"},"candidates":[],"shown":[0],"feedback":{}}"#
    #expect(try fault(text)?.pointer == "/candidates")
  }

  @Test(arguments: [
    ("feedbak", "did you mean \"feedback\"?"), ("Time", "did you mean \"time\"?"),
    ("candidate", "did you mean \"candidates\"?"), ("zzzzzzzz", "leave it out"),
    (String(repeating: "time", count: 10_000), "leave it out"),
  ])
  func unknownKeysGetTheNearestKnownOne(_ key: String, _ remedy: String) throws {
    let text = "{\"\(key)\":1," + SessionJSONTests.sound.dropFirst()
    let fault = try #require(try fault(text))
    #expect(fault.pointer == "/\(key)")
    #expect(fault.remedy == remedy)
  }
}
