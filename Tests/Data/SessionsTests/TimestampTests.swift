import JSON
import Sessions
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("1750932501.845", 1_750_932_501.845), ("\"1750932501845\"", 1_750_932_501.845),
    ("1750932501845", 1_750_932_501.845), ("\"1750932501\"", 1_750_932_501), ("0", 0),
    ("\"2025-06-26T10:08:21.845Z\"", 1_750_932_501.845),
    ("1750932501845000", 1_750_932_501.845), ("\"1750932501845000000\"", 1_750_932_501.845),
    ("\"1750932501.845\"", 1_750_932_501.845), ("-1", -1),
  ])
  func eventTimesAreToldByTheirSize(_ text: String, _ expected: Double) throws {
    #expect(try JSONScanner.parse(text).eventSeconds(at: "") == expected)
  }

  @Test(arguments: ["1e20", "-1e20", "\"soon\"", "\".\"", "true", "\"9999-01-01T00:00:00Z\""])
  func eventTimesOutsideAllUnitsAreFaults(_ text: String) {
    #expect(throws: FieldError.self) { try JSONScanner.parse(text).eventSeconds(at: "/timestamp") }
  }

  @Test(arguments: [
    ("1750932501845", "milliseconds", "1000"), ("1750932501845000", "microseconds", "1000000"),
    ("1.75e18", "nanoseconds", "1000000000"),
  ])
  func sessionTimesInAnotherUnitAreRefusedByItsName(
    _ text: String, _ unit: String, _ divisor: String
  ) {
    #expect {
      try JSONScanner.parse(text).seconds(at: "/time")
    } throws: { error in
      let fault = error as? FieldError
      return fault?.got.hasSuffix(unit) == true && fault?.remedy == "divide by \(divisor)"
    }
  }
}
