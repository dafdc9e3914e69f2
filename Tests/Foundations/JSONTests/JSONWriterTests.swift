import JSON
import TestSupport
import Testing

struct JSONWriterTests {
  @Test func membersStandAsTheyAreGiven() {
    let bytes = JSONWriter.bytes { out in
      out.object { out in
        out.member("id", "a\"b\n")
        out.member("time", 1.5)
        out.member("count", -3)
        out.member("part", Float(0.1))
        out.key("empty")
        out.object { _ in }
        out.key("lists")
        out.array { out in
          out.write([1, 2])
          out.array { _ in }
          out.write(JSONValue.null)
          out.write(json: #"{"x":true}"#.utf8)
        }
        out.member("nothing", Double.nan)
      }
    }
    let text =
      #"{"id":"a\"b\n","time":1.5,"count":-3,"part":0.1,"empty":{},"#
      + #""lists":[[1,2],[],null,{"x":true}],"nothing":null}"#
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test func linesBeginAnew() {
    var writer = JSONWriter()
    writer.object { $0.member("a", 1) }
    writer.bytes.append(UInt8(ascii: "\n"))
    writer.object { $0.member("b", 2) }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"a\":1}\n{\"b\":2}")
  }

  /// Writes a value with the writer's own objects and arrays.
  private func write(_ value: JSONValue, to writer: inout JSONWriter) {
    switch value {
    case .object(let members):
      writer.object { writer in
        for (key, value) in members {
          writer.key(key)
          write(value, to: &writer)
        }
      }
    case .array(let values):
      writer.array { writer in
        for value in values { write(value, to: &writer) }
      }
    default: writer.write(value)
    }
  }

  private func randomValue(_ generator: inout TestGenerator, depth: Int) -> JSONValue {
    let texts = ["", "a", "{", "[", ":", ",", "\n", "\"", "é"]
    switch generator.below(depth > 3 ? 4 : 6) {
    case 0: return .null
    case 1: return .number(Double.random(in: -9...9, using: &generator))
    case 2: return .bool(generator.below(2) == 0)
    case 3: return .string(texts[generator.below(texts.count)])
    case 4:
      return .array((0..<generator.below(4)).map { _ in randomValue(&generator, depth: depth + 1) })
    default:
      return .object(
        (0..<generator.below(4)).map {
          (key: texts[$0 + 1], value: randomValue(&generator, depth: depth + 1))
        })
    }
  }

  @Test(arguments: 1...4)
  func theBytesAreThoseOfTheTree(_ seed: Int) {
    var generator = TestGenerator(seed: UInt64(seed))
    for _ in 0..<500 {
      let value = randomValue(&generator, depth: 0)
      #expect(JSONWriter.bytes { write(value, to: &$0) } == value.serialized())
    }
  }
}
