import EventIngest
import JSON
import Sessions
import TestSupport
import Testing

/// No bytes may trap: serving reads request bodies with this scanner.
struct JSONFuzzTests {
  private static let documents = [
    #"{"id":"r1","time":1750932501.845,"user":{"id":"u","features":{"age":[1,2],"x":null}}}"#,
    #"[1,-2.5e-3,1e308,"\u00e9\ud83d\ude00\n",true,false,null,[[[]]],{"a":{"b":{}}}]"#,
    #"{"event":"ranking","items":[{"id":"a","fields":[{"name":"é😀","value":0.1}]}]}"#,
  ]
  private static let alphabet = Array("{}[]\",:\\u0dDeE+-.9nulltruefalse \n".utf8)

  private func mutated(_ text: String, _ generator: inout TestGenerator) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0...generator.below(4) {
      let place = generator.below(bytes.count + 1)
      let byte =
        generator.below(2) == 0
        ? UInt8(truncatingIfNeeded: generator.next())
        : JSONFuzzTests.alphabet[generator.below(JSONFuzzTests.alphabet.count)]
      switch generator.below(5) {
      case 0: bytes.insert(byte, at: place)
      case 1 where place < bytes.count: bytes[place] = byte
      case 2 where place < bytes.count: bytes.remove(at: place)
      case 3: bytes = Array(bytes[..<place])
      default: bytes.insert(contentsOf: bytes[generator.below(bytes.count + 1)...], at: place)
      }
    }
    return bytes
  }

  @Test(arguments: 1...8)
  func mutatedDocumentsGiveAValueOrAFault(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    var read = 0
    var refused = 0
    for round in 0..<20_000 {
      let bytes = mutated(JSONFuzzTests.documents[round % 3], &generator)
      do throws(JSONError) {
        let value = try JSONScanner.parse(bytes)
        read += 1
        let again: [UInt8] = value.serialized()
        #expect(try JSONScanner.parse(again) == value)
        // What reads JSON further on must hold as well.
        _ = try? Session(json: value)
        _ = try? LogEvent(json: value)
        _ = try? FeatureMap(json: value, pointer: "")
      } catch {
        refused += 1
        #expect(error.offset >= 0 && error.offset <= bytes.count)
      }
    }
    #expect(read > 100 && refused > 1000)
  }

  @Test func everyPrefixOfADocumentIsRefused() throws {
    for document in JSONFuzzTests.documents {
      let bytes = Array(document.utf8)
      for end in 0..<bytes.count {
        #expect(throws: JSONError.self) { try JSONScanner.parse(bytes[..<end]) }
      }
    }
  }
}
