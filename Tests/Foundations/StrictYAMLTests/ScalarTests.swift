import StrictYAML
import Testing

struct Box<T: Codable>: Codable { var v: T }

private func value<T: Codable>(_ text: String, _ type: T.Type = T.self) throws -> T {
  try decoded("v: \(text)", as: Box<T>.self).v
}

private func refusal<T: Codable>(_ text: String, _ type: T.Type) -> ConfigurationError? {
  faults("v: \(text)", as: Box<T>.self).first
}

@Suite struct ScalarTests {
  @Test(arguments: ["yes", "12:30", "0x10", "1_0", "true", "1.0", "2024-01-01", "=", ".inf"])
  func plainTextStaysWhatIsWritten(text: String) throws {
    #expect(try value(text, String.self) == text)
  }

  @Test func quotedNullIsText() throws {
    #expect(try value("'null'", String.self) == "null")
    #expect(try value("\"\"", String.self) == "")
    #expect(try value("''", String?.self) == "")
  }

  @Test(arguments: ["null", "~", "", "Null"])
  func nullIsNilForOptionalsAndRefusedOtherwise(text: String) throws {
    #expect(try value(text, Int?.self) == nil)
    #expect(try value(text, String?.self) == nil)
    #expect(refusal(text, String.self)?.got == "nothing")
    #expect(refusal(text, Int.self)?.got == "nothing")
  }

  @Test func blockScalarsAreText() throws {
    #expect(try decoded("v: |\n  a\n  b\n", as: Box<String>.self).v == "a\nb\n")
    #expect(try decoded("v: >-\n  a\n  b\n", as: Box<String>.self).v == "a b")
    #expect(faults("v: |-\n  12\n", as: Box<Int>.self).count == 1)
  }

  @Test func truthIsTrueOrFalseOnly() throws {
    #expect(try value("true", Bool.self))
    #expect(try !value("false", Bool.self))
    for text in ["yes", "on", "True", "1", "'true'"] {
      #expect(refusal(text, Bool.self)?.remedy == "write true")
    }
    #expect(refusal("off", Bool.self)?.remedy == "write false")
    #expect(refusal("maybe", Bool.self)?.expected == "true or false")
  }

  @Test(arguments: [
    ("12", 12), ("-3", -3), ("+4", 4), ("0", 0), ("1e3", 1000), ("2.0", 2), ("100_000", 100_000),
    ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("1.5e1", 15),
  ])
  func wholeNumbers(text: String, expected: Int) throws {
    #expect(try value(text, Int.self) == expected)
  }

  @Test(arguments: [
    "1.5", "12:30", "0x10", "0o17", "1e300", "9223372036854775808", "many", "'12'", "[1]", "{a: 1}",
    "1__0", "_1", "1_", "nan", ".inf", "1e17.5", "--1", "e", "+", "010", "１２",
  ])
  func whatIsNotAWholeNumberIsRefused(text: String) {
    #expect(refusal(text, Int.self)?.expected == "a whole number")
    #expect(refusal(text, Int.self)?.line == 1)
  }

  @Test func narrowTypesSayTheirRange() {
    #expect(refusal("300", UInt8.self)?.expected == "a whole number from 0 to 255")
    #expect(refusal("-1", UInt64.self)?.expected == "a whole number of at least 0")
    #expect(refusal("128", Int8.self)?.expected == "a whole number from -128 to 127")
    #expect(throws: Never.self) {
      try #require(value("18446744073709551615", UInt64.self) == UInt64.max)
    }
  }

  @Test(arguments: [
    ("1", 1.0), ("1e-3", 0.001), (".5", 0.5), ("-2.5E2", -250), ("1_000.5", 1000.5),
  ])
  func numbers(text: String, expected: Double) throws {
    #expect(try value(text, Double.self) == expected)
    #expect(try value(text, Float.self) == Float(expected))
  }

  @Test(arguments: ["nan", ".nan", "inf", "-.inf", "1e999", "12:30", "0x1p3", "'1.5'", "1,5", ""])
  func whatIsNotAFiniteNumberIsRefused(text: String) {
    #expect(refusal(text, Double.self)?.expected == "a number")
    #expect(refusal(text, Float.self)?.expected == "a number")
  }

  @Test func remediesNameTheMistake() {
    #expect(refusal(".nan", Double.self)?.remedy == "it must be finite")
    #expect(refusal("1e39", Float.self)?.remedy == "it must fit the range of Float")
    #expect(refusal("'12'", Int.self)?.remedy == "remove the quotes")
    #expect(refusal("010", Int.self)?.remedy.contains("leading 0") == true)
    #expect(refusal("a", [Int].self)?.remedy == "write [a]")
  }

  @Test func closedChoicesListWhatIsAllowed() throws {
    #expect(try value("logged", Baseline.self) == .logged)
    let fault = try #require(refusal("loged", Baseline.self))
    #expect(fault.expected == "one of leave_one_out, logged, greedy")
    #expect(fault.got == "'loged'")
    #expect(fault.remedy == "did you mean 'logged'?")
  }

  @Test func openChoicesSayWhatWasGot() throws {
    enum Open: String, Codable { case a }
    let fault = try #require(refusal("b", Open.self))
    #expect(fault.got == "'b'")
    #expect(fault.keyPath == "v")
  }
}
