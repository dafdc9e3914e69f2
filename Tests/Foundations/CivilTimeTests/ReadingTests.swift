import CivilTime
import Foundation
import RandomStreams
import Testing

struct ReadingTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2025-06-26T10:08:21.845Z", 1_750_932_501.845),
    ("2025-06-26T12:08:21.845+02:00", 1_750_932_501.845), ("2025-06-26 10:08Z", 1_750_932_480),
    ("2025-06-26T05:38:21-0430", 1_750_932_501), ("2025-06-26T12:08:21+02", 1_750_932_501),
    ("1969-12-31T23:59:59.5Z", -0.5), ("2000-02-29T00:00:00Z", 951_782_400),
    ("2025-06-26t10:08:21,8z", 1_750_932_501.8), ("2016-12-31T23:59:60Z", 1_483_228_800),
    ("2025-06-26T10:08:21.123456789Z", 1_750_932_501.123456),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func isoTimesAreSeconds(_ text: String, _ expected: Double) {
    #expect(secondsSince1970(iso8601: text) == expected)
  }

  @Test(arguments: [
    "", "2025", "2025-06-26", "2025-06-26T10:08:21", "2025-06-26T10:08:21.Z", "2025-02-29T00:00Z",
    "1900-02-29T00:00Z", "2025-13-01T00:00Z", "2025-00-01T00:00Z", "2025-01-00T00:00Z",
    "2025-04-31T00:00Z", "2025-06-26T24:00Z", "2025-06-26T10:60Z", "2025-06-26T10:08:61Z",
    "2025-06-26T10:08:21Zx", "2025-06-26T10:08:21+2", "2025-06-26T10:08:21+25:00", "25-06-26T1:0Z",
    "２０２５-06-26T10:08Z",
  ])
  func otherTextsAreNoTimes(_ text: String) {
    #expect(secondsSince1970(iso8601: text) == nil)
  }

  @Test(arguments: 1...2)
  func randomTimesAgreeWithFoundation(_ seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), "times")
    let formatter = ISO8601DateFormatter()
    for _ in 0..<500 {
      // From the year 1600, where Foundation's calendar is Gregorian too.
      let seconds = Int.random(in: -11_676_096_000...16_725_225_600, using: &stream)
      let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(secondsSince1970(iso8601: text) == Double(seconds))
    }
  }
}
