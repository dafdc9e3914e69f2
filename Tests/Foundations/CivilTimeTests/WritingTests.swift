import CivilTime
import Foundation
import RandomStreams
import Testing

struct WritingTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
      (1_750_932_501.845, "2025-06-26T10:08:21.845Z"),
      (4_107_542_399.9996, "2100-03-01T00:00:00.000Z"), (-0.5, "1969-12-31T23:59:59.500Z"),
      (-62_135_596_800, "0001-01-01T00:00:00.000Z"),
    ] as [(Double, String)])
  func timesAreUTCToTheMillisecond(_ seconds: Double, _ text: String) {
    #expect(iso8601(secondsSince1970: seconds) == text)
  }

  @Test(
    arguments: [
      (0, "19700101T000000"), (1_750_932_501.999, "20250626T100821"), (-0.5, "19691231T235959"),
    ] as [(Double, String)])
  func compactTimesAreThoseOfTheirSecond(_ seconds: Double, _ text: String) {
    #expect(compactTime(secondsSince1970: seconds) == text)
  }

  @Test(arguments: 1...2)
  func whatIsWrittenIsReadBack(_ seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "written times")
    for _ in 0..<2000 {
      let seconds =
        Double(Int.random(in: -62_135_596_800_000...253_402_300_799_999, using: &stream)) / 1000
      #expect(secondsSince1970(iso8601: iso8601(secondsSince1970: seconds)) == seconds)
    }
  }

  @Test(arguments: 1...2)
  func compactTimesAgreeWithFoundation(_ seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "compact times")
    let style = Date.ISO8601FormatStyle(
      dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted,
      includingFractionalSeconds: false, timeZone: .gmt
    ).year().month().day().time(includingFractionalSeconds: false)
    for _ in 0..<500 {
      // From the year 1600, where Foundation's calendar is Gregorian too.
      let seconds = Double(Int.random(in: -11_676_096_000...16_725_225_600, using: &stream))
      let date = Date(timeIntervalSince1970: seconds)
      #expect(compactTime(secondsSince1970: seconds) == date.formatted(style))
    }
  }
}
