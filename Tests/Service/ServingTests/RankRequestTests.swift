import JSON
import Serving
import Sessions
import Testing

private func fault(_ text: String) -> FieldError? {
  do {
    _ = try RankRequest(json: JSONScanner.parse(text))
    return nil
  } catch {
    return error as? FieldError
  }
}

@Suite struct RankRequestTests {
  @Test func everyFieldIsRead() throws {
    let json = try JSONScanner.parse(
      """
      {"request_id":"r1","user":{"id":7,"features":{"age":30}},"context":{"hour":5},
       "items":[{"id":"a","features":{"price":3,"tags":["x","y"],"new":true}},{"id":"b"}],
       "size":2,"weights":{"click":1},"pins":[{"id":"a","position":2}],"ban":["z"]}
      """)
    let request = try RankRequest(json: json)
    #expect(
      request
        == RankRequest(
          requestID: "r1", user: User(id: "7", features: ["age": .number(30)]),
          context: ["hour": .number(5)],
          items: [
            Candidate(
              id: "a",
              features: ["price": .number(3), "tags": .texts(["x", "y"]), "new": .flag(true)]),
            Candidate(id: "b"),
          ], size: 2, weights: ["click": 1], pins: [.init(id: "a", position: 2)], ban: ["z"]))
  }

  @Test func onlyItemsAreRequired() throws {
    let request = try RankRequest(json: JSONScanner.parse(#"{"items":[{"id":"a"}],"size":null}"#))
    #expect(request == RankRequest(user: User(id: ""), items: [Candidate(id: "a")]))
  }

  @Test(arguments: [
    ("[]", ""), ("{}", "/items"), (#"{"items":3}"#, "/items"),
    (#"{"items":[],"itmes":1}"#, "/itmes"),
    (#"{"items":[{"id":"a"},{}]}"#, "/items/1/id"),
    (#"{"items":[{"id":"a"},5]}"#, "/items/1"),
    (#"{"items":[{"id":""}]}"#, "/items/0/id"),
    (#"{"items":[{"id":1.5}]}"#, "/items/0/id"),
    (#"{"items":[{"id":"a","feature":{}}]}"#, "/items/0/feature"),
    (
      #"{"items":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d","features":{"price":{}}}]}"#,
      "/items/3/features/price"
    ),
    (#"{"items":[{"id":"a","features":{"a/b~c":[[1]]}}]}"#, "/items/0/features/a~1b~0c/0"),
    (#"{"items":[],"user":"u"}"#, "/user"), (#"{"items":[],"user":{}}"#, "/user/id"),
    (#"{"items":[],"user":{"id":"u","features":3}}"#, "/user/features"),
    (#"{"items":[],"context":3}"#, "/context"),
    (#"{"items":[],"size":0}"#, "/size"), (#"{"items":[],"size":2.5}"#, "/size"),
    (#"{"items":[],"size":"10"}"#, "/size"), (#"{"items":[],"size":1e300}"#, "/size"),
    (#"{"items":[],"weights":[1]}"#, "/weights"),
    (#"{"items":[],"weights":{"a/b":"1"}}"#, "/weights/a~1b"),
    (#"{"items":[],"pins":{"id":"a"}}"#, "/pins"), (#"{"items":[],"pins":[{}]}"#, "/pins/0/id"),
    (#"{"items":[],"pins":[{"id":"a"}]}"#, "/pins/0/position"),
    (#"{"items":[],"pins":[{"id":"a","position":0}]}"#, "/pins/0/position"),
    (#"{"items":[],"pins":[{"id":"a","position":1,"x":1}]}"#, "/pins/0/x"),
    (#"{"items":[],"ban":"a"}"#, "/ban"), (#"{"items":[],"ban":["a",null]}"#, "/ban/1"),
    (#"{"items":[],"request_id":"a\nb"}"#, "/request_id"),
    (#"{"items":[],"request_id":{}}"#, "/request_id"),
  ])
  func faultsPointAtTheirField(text: String, pointer: String) {
    #expect(fault(text)?.pointer == pointer)
  }

  @Test func unknownKeysNameTheNearestOne() {
    #expect(fault(#"{"items":[],"weigths":{}}"#)?.remedy.contains("weights") == true)
  }
}
