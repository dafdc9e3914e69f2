import JSON
import Sessions
import Testing

struct FeatureMapTests {
  private func fault(_ text: String) -> FieldError? {
    do {
      _ = try FeatureMap(json: JSONScanner.parse(text), pointer: "/x")
      return nil
    } catch {
      return error as? FieldError
    }
  }

  @Test func anObjectAndNamedPairsMeanTheSame() throws {
    let object = try FeatureMap(
      json: JSONScanner.parse(
        #"{"a":1.5,"b":true,"c":"t","d":["x",2,false],"e":null,"f":[]}"#), pointer: "")
    let pairs = try FeatureMap(
      json: JSONScanner.parse(
        #"[{"name":"a","value":1.5},{"name":"b","value":true},{"name":"c","value":"t"},"#
          + #"{"name":"d","value":["x",2,false]},{"name":"e","value":null},"#
          + #"{"name":"f","value":[]}]"#), pointer: "")
    let expected: FeatureMap = [
      "a": .number(1.5), "b": .flag(true), "c": .text("t"), "d": .texts(["x", "2", "false"]),
      "f": .texts([]),
    ]
    #expect(object == expected)
    #expect(pairs == expected)
    #expect(try FeatureMap(json: object.json, pointer: "") == expected)
  }

  @Test(arguments: [
    (#"{"a/b~c":{}}"#, "/x/a~1b~0c"), (#"{"a":[1,[2]]}"#, "/x/a/1"),
    (#"{"a":[0.5,"t"]}"#, "/x/a/0"),
    (#"{"a":[null]}"#, "/x/a/0"), (#""text""#, "/x"), (#"[{"name":"a","value":{}}]"#, "/x/0/value"),
    (#"[{"value":1}]"#, "/x/0/name"), (#"[{"name":"a"}]"#, "/x/0/value"), (#"[1]"#, "/x/0"),
    (#"[{"name":"a","value":1},{"name":"a","value":2}]"#, "/x/1/name"),
  ])
  func whatIsNoFeatureIsRefusedWithItsPointer(_ text: String, _ pointer: String) {
    #expect(fault(text)?.pointer == pointer)
  }

  @Test func categoriesOfNumbersAreWrittenAsIds() {
    #expect(FeatureValue.number(17).categories == ["17"])
    #expect(FeatureValue.number(0.5).categories == ["0.5"])
    #expect(FeatureValue.flag(true).number == 1)
    #expect(FeatureValue.texts(["a"]).number == nil)
  }

  @Test func columnsReadNumbersFlagsAndGroups() {
    let candidates = [
      Candidate(id: "a", features: ["v": .number(2), "g": .text("x")]),
      Candidate(id: "b", features: ["v": .flag(true)]),
      Candidate(id: "c", features: ["v": .number(-1), "g": .text("y")]),
      Candidate(id: "d", features: ["g": .text("x")]), Candidate(id: "e"),
    ]
    #expect(CandidateColumn(.number, of: "v").values(of: candidates) == [2, 1, -1, 0, 0])
    #expect(CandidateColumn(.flag, of: "v").values(of: candidates) == [1, 1, 0, 0, 0])
    #expect(CandidateColumn(.group, of: "g").values(of: candidates) == [0, 1, 2, 0, 3])
  }

  @Test func wideWholeNumbersAreTextsWhereverTheyStand() throws {
    let text =
      #"{"id":9007199254740993,"time":1,"user":{"id":"u","features":{"g":9007199254740992}},"#
      + #""candidates":[{"id":"a","features":{"brand":9223372036854775807,"#
      + #""tags":[9223372036854775806,7]}},{"id":9223372036854775807,"#
      + #""features":{"brand":9223372036854775806}}],"shown":[0],"feedback":{"click":[1]}}"#
    let session = try Session(json: JSONScanner.parse(text))
    #expect(session.request.id == "9007199254740993")
    #expect(session.request.user.features == ["g": .text("9007199254740992")])
    let items = session.request.candidates
    #expect(items[1].id == "9223372036854775807")
    #expect(
      items.map { $0.features["brand"] } == [
        .text("9223372036854775807"), .text("9223372036854775806"),
      ])
    #expect(items[0].features["tags"] == .texts(["9223372036854775806", "7"]))
    // Written anew and read again it is the same, and a group tells the two brands apart.
    #expect(try Session(json: JSONScanner.parse(session.json.serialized() as String)) == session)
    #expect(CandidateColumn(.group, of: "brand").values(of: items) == [0, 1])
  }

  @Test func anArrayWithFractionsIsAFeaturePerNumber() throws {
    let map = try FeatureMap(
      json: JSONScanner.parse(#"{"v":[1,0.5,-2],"w":[1,2]}"#), pointer: "")
    #expect(
      map == [
        "v.0": .number(1), "v.1": .number(0.5), "v.2": .number(-2), "w": .texts(["1", "2"]),
      ])
    for text in [#"{"v":[1,0.5,null]}"#, #"{"v":[0.5,"a"]}"#, #"{"v":[0.5,[1]]}"#] {
      #expect(throws: FieldError.self) {
        try FeatureMap(json: JSONScanner.parse(text), pointer: "")
      }
    }
  }
}
