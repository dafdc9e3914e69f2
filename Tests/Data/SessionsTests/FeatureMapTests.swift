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
    (#"{"a/b~c":{}}"#, "/x/a~1b~0c"), (#"{"a":[1,[2]]}"#, "/x/a/1"), (#"{"a":[0.5]}"#, "/x/a/0"),
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
}
