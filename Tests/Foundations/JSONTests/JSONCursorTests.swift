import JSON
import Testing

struct JSONCursorTests {
  private func wholeNumber(_ text: String) -> Result<Int, JSONError> {
    var cursor = JSONCursor(bytes: Array(text.utf8))
    return Result { () throws(JSONError) in
      let value = try cursor.wholeNumber()
      try cursor.end()
      return value
    }
  }

  @Test func wholeNumbersAreDigitsThatFit() throws {
    #expect(try wholeNumber("0").get() == 0)
    #expect(try wholeNumber("9223372036854775807").get() == .max)
    for text in ["", "-1", "00", "1.0", "1e3", "9223372036854775808", "x"] {
      #expect(throws: JSONError.self) { try wholeNumber(text).get() }
    }
  }

  /// All keys and numbers of an object of numbers.
  private func pairs(_ text: String) throws(JSONError) -> [String: Double] {
    var cursor = JSONCursor(bytes: Array(text.utf8))
    var pairs: [String: Double] = [:]
    try cursor.members { cursor, key throws(JSONError) in pairs[key] = try cursor.number() }
    try cursor.end()
    return pairs
  }

  private func plainPairs(_ text: String) throws(JSONError) -> [String: Double] {
    var cursor = JSONCursor(bytes: Array(text.utf8))
    var pairs: [String: Double] = [:]
    try cursor.plainMembers { cursor, key throws(JSONError) in
      pairs[String(decoding: cursor.bytes[key], as: UTF8.self)] = try cursor.number()
    }
    try cursor.end()
    return pairs
  }

  @Test func membersAreMetInAnyLayout() throws {
    for text in [#"{"a":1,"b":-2.5}"#, " { \"a\" : 1 ,\n\t\"b\":-2.5 } ".trimmedFront] {
      #expect(try pairs(text) == ["a": 1, "b": -2.5])
      #expect(try plainPairs(text) == ["a": 1, "b": -2.5])
    }
    #expect(try pairs("{ }") == [:] && plainPairs("{ }") == [:])
    #expect(try pairs(#"{"\u00e9":1}"#) == ["é": 1])
  }

  @Test(arguments: [
    "", "{", "[]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{a:1}"#, #"{"a":1}x"#,
    #"{"a":1"#, #"{,"a":1}"#, "{\"a\n\":1}",
  ])
  func brokenObjectsAreRefused(_ text: String) {
    #expect(throws: JSONError.self) { try pairs(text) }
    #expect(throws: JSONError.self) { try plainPairs(text) }
  }

  @Test func plainKeysHaveNoEscapesAndNoAccents() {
    #expect(throws: JSONError.self) { try plainPairs(#"{"\u0061":1}"#) }
    #expect(throws: JSONError.self) { try plainPairs(#"{"é":1}"#) }
  }

  private func elements(_ text: String) throws(JSONError) -> [Double] {
    var cursor = JSONCursor(bytes: Array(text.utf8))
    let elements = try cursor.elements { cursor throws(JSONError) in try cursor.number() }
    try cursor.end()
    return elements
  }

  @Test func elementsAreMetInAnyLayout() throws {
    #expect(try elements("[]") == [] && elements("[ ]") == [])
    #expect(try elements("[1,2]") == [1, 2] && elements("[ 1 ,\n2 ]") == [1, 2])
    for text in ["", "[", "[1", "[1,]", "[,1]", "[1 2]", "[1]]", "{}", "[\"a\"]"] {
      #expect(throws: JSONError.self) { try elements(text) }
    }
  }
}

extension String {
  fileprivate var trimmedFront: String { String(drop { $0 == " " }) }
}
