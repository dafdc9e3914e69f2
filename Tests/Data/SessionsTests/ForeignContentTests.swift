import Foundation
import Sessions
import TestSupport
import Testing

struct ForeignContentTests {
  private static let line = #"{"id":"r1","time":1}"#

  private func content(_ bytes: [UInt8]) throws -> String? {
    let folder = try TemporaryFolder()
    let path = try folder.file("sessions", bytes)
    do {
      _ = try validateSessions(path: path)
      return nil
    } catch let FileError.foreign(path: named, content: content, remedy: remedy) {
      #expect(named == path && !remedy.isEmpty)
      return content
    }
  }

  @Test(
    arguments: [
      (.utf16, "UTF-16 text"), (.utf16LittleEndian, "UTF-16 text"),
      (.utf16BigEndian, "UTF-16 text"),
      (.utf32, "UTF-32 text"),
    ] as [(String.Encoding, String)])
  func otherEncodingsAreNamed(_ encoding: String.Encoding, _ name: String) throws {
    let data = try #require((ForeignContentTests.line + "\n").data(using: encoding))
    #expect(try content(Array(data)) == name)
  }

  @Test(
    arguments: [
      ([0x42, 0x5a, 0x68, 0x39], "bzip2 data"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz data"),
      ([0x28, 0xb5, 0x2f, 0xfd, 4], "zstd data"), ([0x50, 0x4b, 3, 4, 20], "a zip archive"),
      ([0x50, 0x41, 0x52, 0x31, 0], "a Parquet table"),
    ] as [([UInt8], String)])
  func otherFormatsAreNamed(_ start: [UInt8], _ name: String) throws {
    #expect(try content(start) == name)
  }

  @Test(arguments: [
    ("[{\"id\":1},{\"id\":2}]", "one JSON array"), (" \n[\n {\"id\":1}\n]", "one JSON array"),
    ("\u{feff}[{}]", "one JSON array"), ("{\n  \"id\": 1\n}", "JSON over several lines"),
    ("{\r\n\t\"id\": 1\r\n}", "JSON over several lines"),
    ("{\"a\":1}\r{\"a\":2}\r", "lines that end in CR alone"),
  ])
  func jsonThatIsNotOneObjectALineIsNamed(_ text: String, _ name: String) throws {
    #expect(try content(Array(text.utf8)) == name)
  }

  @Test(arguments: [
    "", "\n", line, line + "\r\n" + line, "\u{feff}" + line, "nonsense", "{\"a\":\r1}", "{",
    "{\"cut\":[", "{\"cut\":[\n{}",
  ])
  func linesAreLinesHoweverFaulty(_ text: String) throws {
    #expect(try content(Array(text.utf8)) == nil)
  }
}
