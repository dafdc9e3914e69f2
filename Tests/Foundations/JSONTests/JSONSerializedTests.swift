import JSON
import TestSupport
import Testing

struct JSONSerializedTests {
  @Test(
    arguments: [
      (nil, "null"), (true, "true"), (1, "1"), (-0.0, "-0"), (0, "0"), (0.1, "0.1"), (-2.5, "-2.5"),
      (9_007_199_254_740_993, "9007199254740992.0"), (1e300, "1e+300"), (.number(.nan), "null"),
      (.number(-.infinity), "null"), (8_999_999_999_999_999, "8999999999999999"),
      ("a\"\\\n\u{1}\u{1f}/é😀", #""a\"\\\n\u0001\u001f/é😀""#), ([], "[]"), ([:], "{}"),
      (["b": [1, "x"], "a": nil], #"{"b":[1,"x"],"a":null}"#),
    ] as [(JSONValue, String)])
  func valuesAreWrittenCompactly(_ value: JSONValue, _ expected: String) {
    #expect(value.serialized() == expected)
    #expect(value.serialized() == Array(expected.utf8))
  }

  @Test(arguments: 1...3)
  func anyFiniteNumberComesBack(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    for _ in 0..<5000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let text: String = JSONValue.number(number).serialized()
      #expect(try JSONScanner.parse(text).number?.bitPattern == number.bitPattern)
    }
  }

  @Test func summariesAreShort() {
    #expect(JSONValue.string(String(repeating: "x", count: 500)).summary.count < 60)
    #expect(JSONValue.array([1]).summary == "an array of 1 value")
    #expect(JSONValue.object([]).summary == "an object with 0 keys")
    #expect(JSONValue.number(3).summary == "3")
  }

  @Test(arguments: [
    "9000000000000000", "9007199254740993", "-9223372036854775808", "18446744073709551615",
    "123456789012345678901234567890",
  ])
  func wideWholeNumbersKeepTheirDigits(_ digits: String) throws {
    let value = try JSONScanner.parse(digits)
    #expect(value == .wide(digits) && value.number == Double(digits))
    #expect(value.serialized() == digits)
    #expect(try JSONScanner.parse(digits + ".0") == .number(Double(digits) ?? 0))
    #expect(
      try JSONScanner.parse(JSONValue.number(Double(digits) ?? 0).serialized() as String).number
        == Double(digits))
  }

  @Test func numbersBelowTheWideOnesAndFractionsAreNumbers() throws {
    for text in ["8999999999999999", "9e15", "9000000000000000.5", "1e300", "-0"] {
      #expect(try JSONScanner.parse(text) == .number(Double(text) ?? 0))
    }
    // A whole Double of that size is no id: it comes back as the number it is.
    #expect(
      try JSONScanner.parse(JSONValue.number(9.1e15).serialized() as String) == .number(9.1e15))
  }
}
