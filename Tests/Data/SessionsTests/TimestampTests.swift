import JSON
import Sessions
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("1750932501.845", 1_750_932_501.845), ("\"1750932501845\"", 1_750_932_501.845),
    ("1750932501845", 1_750_932_501.845), ("\"1750932501\"", 1_750_932_501), ("0", 0),
    ("\"2025-06-26T10:08:21.845Z\"", 1_750_932_501.845),
  ])
  func eventTimesMayBeMilliseconds(_ text: String, _ expected: Double) throws {
    #expect(try JSONScanner.parse(text).eventSeconds(at: "") == expected)
  }
}
