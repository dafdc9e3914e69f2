import Foundation
import Testing
import Training

@Suite struct EventFileTests {
  @Test(
    arguments: [
      ("", 0), ("123456789", 0xe306_9283), (String(repeating: "\0", count: 32), 0x8a91_36aa),
    ] as [(String, UInt32)])
  func theChecksumAgreesWithThePublishedVectors(text: String, expected: UInt32) {
    #expect(crc32c(Array(text.utf8)) == expected)
  }

  @Test func aFileIsTheVersionThenOneRecordPerStep() throws {
    try withTemporaryRun("events") { path in
      let run = try RunDirectory(path: path)
      let file = try EventFile(directory: run.path) { 1_700_000_000.5 }
      try file.log(step: 300, ["loss": 0.5, "reward": -1])
      #expect(file.path == "\(path)/events.out.tfevents.1700000000.fader.0")
      let expected = try records(of: file.path)
      let time = [0x09] + littleEndian((1_700_000_000.5).bitPattern)
      let scalars: [UInt8] =
        [0x0a, 11, 0x0a, 4] + Array("loss".utf8) + [0x15, 0, 0, 0, 0x3f]
        + [0x0a, 13, 0x0a, 6] + Array("reward".utf8) + [0x15, 0, 0, 0x80, 0xbf]
      #expect(
        expected == [
          time + [0x1a, 13] + Array("brain.Event:2".utf8),
          time + [0x10, 0xac, 0x02, 0x2a, 28] + scalars,
        ])
    }
  }

  @Test func aResumedRunTellsTensorBoardToForgetWhatCameAfter() throws {
    try withTemporaryRun("restart") { path in
      let run = try RunDirectory(path: path)
      _ = try EventFile(directory: run.path) { 5 }
      let file = try EventFile(directory: run.path, resumedStep: 20) { 5 }
      #expect(file.path.hasSuffix("tfevents.5.fader.1"))
      let last = try #require(try records(of: file.path).last)
      #expect(last.suffix(6) == [0x10, 21, 0x3a, 2, 0x08, 1])
    }
  }

  /// The data of every record, once its length and checksums are found right.
  private func records(of path: String) throws -> [[UInt8]] {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    var records: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let length = Int(bytes[start])  // all records here are short
      #expect(check(bytes[start..<start + 8]) == Array(bytes[start + 8..<start + 12]))
      let data = bytes[start + 12..<start + 12 + length]
      #expect(check(data) == Array(bytes[data.endIndex..<data.endIndex + 4]))
      records.append(Array(data))
      start = data.endIndex + 4
    }
    return records
  }

  private func check(_ data: ArraySlice<UInt8>) -> [UInt8] {
    let value = crc32c(Array(data))
    let masked = ((value >> 15) | (value << 17)) &+ 0xa282_ead8
    return Array(littleEndian(UInt64(masked)).prefix(4))
  }

  private func littleEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
}
