import Features
import JSON
import RandomStreams
import Serving
import Sessions
import Testing

@Suite struct RequestScannerTests {
  private let schema: FittedSchema
  private let scanner: RequestScanner

  init() throws {
    schema = try scanningSchema()
    scanner = try #require(RequestScanner(schema))
  }

  /// What the general way of reading gives; nil when it refuses the body.
  private func readPlainly(_ body: [UInt8]) -> (request: RankRequest, encoded: EncodedRequest)? {
    guard let json = try? JSONScanner.parse(body), let request = try? RankRequest(json: json)
    else { return nil }
    let encoded = schema.encode(
      Request(
        id: "", user: request.user, context: request.context, candidates: request.items,
        history: request.history))
    return (request, encoded)
  }

  /// Whether the body was scanned; if so, the general way must have read the same.
  private func isScanned(_ body: [UInt8]) throws -> Bool {
    guard let scanned = scanner.scan(body) else { return false }
    let text = String(decoding: body, as: UTF8.self)
    let plain = try #require(
      readPlainly(body), "scanned, but refused otherwise: \(text)")
    var bare = plain.request
    bare.user.features = [:]
    bare.context = [:]
    bare.items = bare.items.map { Candidate(id: $0.id) }
    #expect(scanned.request == bare, "\(text)")
    #expect(schema.encode(scanned) == plain.encoded, "\(text)")
    return true
  }

  private func isScanned(_ text: String) throws -> Bool { try isScanned(Array(text.utf8)) }

  @Test(arguments: [
    #"{"items":[]}"#,
    #"{"items":[{"id":"a"}]}"#,
    #"{"items":[{"id":"a"}],"history":[{"type":"click","time":5,"item":{"id":"x","features":{"score":2}},"action":{"dwell":3}}]}"#,
    #" { "items" : [ { "features" : { } , "id" : 7 } ] , "size" : 1 } "#,
    #"{"user":{"id":"u1","features":{"age":3,"city":"york"}},"context":{"hour":1},"items":[]}"#,
    #"{"request_id":"r","items":[{"id":"a"}],"weights":{"x":1},"pins":[],"ban":["b"]}"#,
    #"{"items":[{"id":"a","features":{"score":-0,"price":1e30,"cold":true}}]}"#,
    #"{"items":[{"id":"a","features":{"score":true,"price":"5","cold":"x","brand":null}}]}"#,
    #"{"items":[{"id":"i1","features":{"brand":5}},{"id":"b","features":{"brand":"5"}}]}"#,
    #"{"items":[{"id":"é","features":{"brand":"K"}},{"id":"b","features":{"brand":"K"}}]}"#,
    #"{"items":[{"id":"a","features":{"brand":"français","hashed":"é"}},{"id":"b"}]}"#,
    #"{"items":[{"id":"a","features":{"tags":"x","hashed":0.25}},{"id":"b","features":{}}]}"#,
    #"{"items":[{"id":"a","features":{"new":1,"newer":["x",2,true],"newest":null}}]}"#,
    #"{"items":[{"id":9223372036854775807,"features":{"brand":9007199254740993,"score":1}}]}"#,
    #"{"items":[{"id":"a","features":{"brand":9223372036854775807,"score":9007199254740993}}]}"#,
    #"{"items":[{"id":"a","features":{"other":""}},{"id":"b","features":{"other":""}}]}"#,
  ])
  func usualBodiesAreScanned(_ text: String) throws {
    #expect(try isScanned(text))
  }

  @Test(arguments: [
    "", "{", "[]", #"{"items":{}}"#, #"{"items":[]}x"#, #"{"items":[],"items":[]}"#,
    #"{"user":{"id":"u"}}"#, #"{"items":[{"features":{}}]}"#, #"{"items":[{"id":""}]}"#,
    #"{"items":[{"id":1.5}]}"#, #"{"items":[{"id":"a","id":"b"}]}"#, #"{"items":[{"id":"a"},]}"#,
    #"{"items":[{"id":"a","feature":{}}]}"#, #"{"itemz":[]}"#, #"{"items":[],"size":0.5}"#,
    #"{"items":[{"id":"a","features":{"score":1,"score":1}}]}"#,
    #"{"items":[{"id":"a","features":{"new":1,"new":1}}]}"#,
    #"{"items":[{"id":"a","features":{"score":null,"score":1}}]}"#,
    #"{"items":[{"id":"a","features":{"score":{}}}]}"#,
    #"{"items":[{"id":"a","features":{"new":[[]]}}]}"#,
    #"{"items":[{"id":"a","features":{"score":1e999}}]}"#,
    #"{"items":[{"id":"a","features":{"score":01}}]}"#,
    #"{"items":[{"id":"a","features":{"score":tru}}]}"#,
  ])
  func faultsAreLeftToTheGeneralWay(_ text: String) {
    #expect(readPlainly(Array(text.utf8)) == nil)
    #expect(scanner.scan(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    #"{"items":null,"user":null}"#, #"{"user":null,"items":[]}"#,
    #"{"items":[{"id":"a","features":null}]}"#, #"{"items":[{"id":"\u0061"}]}"#,
    #"{"items":[{"id":"a","features":{"tags":["x","y1"]}}]}"#,
    #"{"items":[{"id":"a","features":[{"name":"score","value":1}]}]}"#,
    #"{"items":[{"id":"a","features":{"schön":1}}]}"#,
  ])
  func unusualBodiesAreLeftToTheGeneralWay(_ text: String) {
    #expect(scanner.scan(Array(text.utf8)) == nil)
  }

  /// The one function that reads bodies: with the scanner and without it, the same request or fault.
  @Test(arguments: [
    #"{"items":[{"id":"a","features":{"score":1}}],"size":1}"#, #"{"items":[{"id":"\u0061"}]}"#,
    #"{"items":[{"id":"a","features":{"tags":["x","y1"]}}]}"#, "{", #"{"items":[{"id":""}]}"#,
    #"{"items":[],"size":0.5}"#, #"{"items":[{"id":"a","features":{"score":{}}}]}"#,
  ])
  func bodiesMeanTheSameWithoutTheScanner(_ text: String) {
    func read(_ scanner: RequestScanner?) -> Result<RankRequest, RankErrors> {
      Result { () throws(RankErrors) in
        let (request, scanned) = try RankRequest.read(Array(text.utf8), scanner: scanner)
        #expect(scanned == nil || scanner != nil)
        var bare = request
        bare.items = bare.items.map { Candidate(id: $0.id) }
        return bare
      }
    }
    switch (read(scanner), read(nil)) {
    case (.success(let scanned), .success(let plain)): #expect(scanned == plain)
    case (.failure(let scanned), .failure(let plain)): #expect(scanned.faults == plain.faults)
    default: Issue.record("\(text) is read one way and refused the other")
    }
  }

  @Test(arguments: 1...4)
  func madeUpBodiesAreScanned(_ seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), "scanned bodies")
    for _ in 0..<100 {
      let body: [UInt8] = madeUpBody(&stream).serialized()
      #expect(try isScanned(body))
    }
  }

  @Test(arguments: 1...4)
  func brokenBodiesMeanTheSame(_ seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), "broken bodies")
    let alphabet = Array("{}[]\",:\\u0dDeE+-.9nulltruefalse \néK".utf8)
    var scanned = 0
    for _ in 0..<3000 {
      var body: [UInt8] = madeUpBody(&stream).serialized()
      for _ in 0...stream.below(2) {
        let place = stream.below(body.count)
        switch stream.below(4) {
        case 0: body.remove(at: place)
        case 1: body.insert(alphabet[stream.below(alphabet.count)], at: place)
        case 2: body[place] = UInt8(stream.below(256))
        default: body[place] = alphabet[stream.below(alphabet.count)]
        }
      }
      scanned += try isScanned(body) ? 1 : 0
    }
    #expect(scanned > 100 && scanned < 2900)
  }

  /// Up to five items with some of the schema's features, and one that it does not read.
  private func madeUpBody(_ stream: inout RandomStream) -> JSONValue {
    let items = (0..<stream.below(6)).map { index -> JSONValue in
      ["id": .string("i\(index)"), "features": features(&stream)]
    }
    return [
      "context": ["app": .bool(stream.below(2) == 0), "hour": .number(Double(stream.below(24)))],
      "items": .array(items), "size": 2,
      "user": ["id": .string("u\(stream.below(4))"), "features": ["city": "york"]],
    ]
  }

  private func features(_ stream: inout RandomStream) -> JSONValue {
    let values: [JSONValue] = [
      .number(stream.normal()), .number(Double(stream.below(7))), "a", "5", "é", "K", nil, true,
      .number(-1e-300), "",
    ]
    var members: [(key: String, value: JSONValue)] = []
    for key in ["score", "brand", "price", "cold", "hashed", "tags", "other", "stranger"]
    where stream.below(4) > 0 {
      members.append((key, values[stream.below(values.count)]))
    }
    return .object(members)
  }
}
