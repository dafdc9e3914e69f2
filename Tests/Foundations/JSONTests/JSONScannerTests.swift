import JSON
import TestSupport
import Testing

struct JSONScannerTests {
  private func fault(_ text: String) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONScanner.parse(text)
      return nil
    } catch {
      return error
    }
  }

  @Test func aDocumentIsReadAsItIsWritten() throws {
    let value = try JSONScanner.parse(
      " {\"a\" : [1, -2.5e3, true, false, null], \"b\":{}, \"c\":[ ],\n\"é\":\"x\"}\r\n\t")
    let expected: JSONValue = [
      "a": [1, -2500, true, false, nil], "b": [:], "c": [], "é": "x",
    ]
    #expect(value == expected)
    #expect(value["a"]?.array?.count == 5)
    #expect(value["c"]?.array?.isEmpty == true)
    #expect(value["none"] == nil)
    #expect(value.members?.map(\.key) == ["a", "b", "c", "é"])
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u20AC\u0000""#, "é€\0"),
    (#""\ud83d\ude00!""#, "😀!"), (#""\uFFFF\ue000""#, "\u{ffff}\u{e000}"),
    ("\"\u{7f}é😀\"", "\u{7f}é😀"), ("\"\"", ""),
    (#""a longer text without any escape at all""#, "a longer text without any escape at all"),
  ])
  func stringsAreUnescaped(_ text: String, _ expected: String) throws {
    #expect(try JSONScanner.parse(text) == .string(expected))
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "1.", ".5",
    "-", "1e", "1e+", "0x1", "1e400", "-1e400", "[1,]", "[,1]", "[1 2]", "{\"a\":1,}", "{a:1}",
    "{\"a\" 1}", "{\"a\":}", "{1:2}", "[", "{", "[1", "{\"a\":1", "\"a", "\"\\", "\"\\x\"",
    "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "\"\u{0}\"", "1 2", "{} x", "[]]", "'a'",
    "// c\n1", "\u{feff}1", "{\"a\":1,\"b\":2,\"a\":3}", "tru", "f", "\u{a0}1",
  ])
  func whatTheGrammarDoesNotAllowIsRefused(_ text: String) {
    #expect(fault(text) != nil)
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22], [0x22, 0x5c, 0x6e, 0xff, 0x22], [0xff], [0x00],
    ] as [[UInt8]])
  func invalidUTF8IsRefused(_ bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONScanner.parse(bytes) }
  }

  @Test func theFaultSaysWhereAndWhat() {
    #expect(
      fault("{\"a\":1 \"b\"}")
        == JSONError(offset: 7, expected: "',' or '}'", got: "'\"'"))
    #expect(fault("[1,")?.got == "the end of the bytes")
    #expect(fault("{\"a\":1,\"a\":2}")?.offset == 7)
    #expect(fault("[\"ab\u{1}\"]")?.offset == 4)
    #expect(fault("[1e999]")?.offset == 1)
    #expect("\(fault("x").map(\.description) ?? "")".contains("byte 0"))
  }

  @Test func offsetsCountFromTheStartOfASlice() {
    let bytes = Array("xxxx[1,]".utf8)
    #expect(throws: JSONError(offset: 3, expected: "a value", got: "']'")) {
      try JSONScanner.parse(bytes[4...])
    }
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(fault(nested(64)) == nil)
    #expect(fault(nested(65))?.offset == 64)
    #expect(fault(String(repeating: "{\"a\":", count: 100_000)) != nil)
  }

  @Test func repeatedKeysAreFoundAmongManyToo() {
    let members = (0..<5000).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(fault("{\(members)}") == nil)
    #expect(fault("{\(members),\"k4999\":0}") != nil)
    #expect(fault("{\(members),\"k3\":0}") != nil)
    // The same key under an escape, and composed against decomposed.
    #expect(fault("{\"a\":1,\"\\u0061\":2}") != nil)
    #expect(fault("{\"\u{e9}\":1,\"e\u{301}\":2}") != nil)
  }

  @Test(arguments: [
    "0", "-0", "1", "-1", "123456789012345678", "1234567890123456789012", "9007199254740993",
    "0.1", "1e22", "1e23", "1E-7", "1e+5", "5e-324", "2.2250738585072011e-308",
    "1.7976931348623157e308", "1e-400", "0.000000000000000000000000001", "0e999999999999",
    "3.14159265358979323846264338327950288", "8.41e21", "9e-22", "0.0000001234567890123456789",
  ])
  func numbersAreTheNearestDoubles(_ text: String) throws {
    let expected = try #require(Double(text))
    let got = try #require(try JSONScanner.parse(text).number)
    #expect(got.bitPattern == expected.bitPattern)
  }

  @Test(arguments: 1...5)
  func randomNumbersAreTheNearestDoubles(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    for _ in 0..<4000 {
      var text = generator.below(2) == 0 ? "-" : ""
      text += "\(1 + generator.below(9))"
      for _ in 0..<generator.below(20) { text += "\(generator.below(10))" }
      if generator.below(2) == 0 {
        text += "."
        for _ in 0...generator.below(12) { text += "\(generator.below(10))" }
      }
      if generator.below(3) == 0 { text += "e\(generator.below(60) - 30)" }
      #expect(try JSONScanner.parse(text).number == Double(text))
    }
  }
}
