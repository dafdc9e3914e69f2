import Foundation
import Sessions
import TestSupport
import Testing

struct LineFileTests {
  private func write(_ lines: [String], to path: String) throws {
    var writer = try LineWriter(path: path)
    for line in lines { try writer.write(line) }
    try writer.finish()
  }

  private func randomLines(seed: UInt64) -> [String] {
    var generator = TestGenerator(seed: seed)
    return (0..<3000).map { _ in
      String(repeating: "ab\(generator.below(1000))é", count: generator.below(200))
    }
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.gz"], [1, 2] as [UInt64])
  func linesComeBackAcrossBlocks(_ name: String, _ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let written = randomLines(seed: seed)
    try write(written, to: folder.path(name))
    #expect(try lines(of: folder.path(name)) == written)
    #expect(folder.names == [name])
  }

  @Test func aLineMayBeLongerThanABlock() throws {
    let folder = try TemporaryFolder()
    let written = ["x", String(repeating: "y", count: 3 << 20), "", "z"]
    let path = try folder.file("long", written.joined(separator: "\n"))
    #expect(try lines(of: path) == written)
  }

  @Test func heldSlicesStayAsTheyWere() throws {
    let folder = try TemporaryFolder()
    let written = randomLines(seed: 3)
    let path = try folder.file("held", written.joined(separator: "\n"))
    var reader = try LineReader(path: path)
    var held: [ArraySlice<UInt8>] = []
    while let line = try reader.next() { held.append(line) }
    #expect(held.map { String(decoding: $0, as: UTF8.self) } == written)
  }

  @Test(
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\r\n", ["a", "b"]),
      ("\u{feff}a\nb", ["a", "b"]), ("a\n\nb", ["a", "", "b"]), ("\u{feff}", []), ("\r\n", [""]),
      ("a\rb\n", ["a\rb"]), ("a\n\u{feff}b", ["a", "\u{feff}b"]),
    ] as [(String, [String])])
  func lineEndsAndByteOrderMarkAreNoContent(_ text: String, _ expected: [String]) throws {
    let folder = try TemporaryFolder()
    #expect(try lines(of: folder.file("a", text)) == expected)
  }

  @Test func linesAreNumberedFromOne() throws {
    let folder = try TemporaryFolder()
    var reader = try LineReader(path: folder.file("a", "a\n\nb"))
    var numbers = [reader.line]
    while try reader.next() != nil { numbers.append(reader.line) }
    #expect(numbers == [0, 1, 2, 3])
  }

  @Test(arguments: ["short\n0123456789a\n", "short\n0123456789a"])
  func aLineOverTheLimitIsAFault(_ text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a", text)
    #expect(throws: FileError.lineTooLong(path: path, line: 2, limit: 10)) {
      var reader = try LineReader(path: path, limit: 10)
      while try reader.next() != nil {}
    }
    var reader = try LineReader(path: path, limit: 11)
    while try reader.next() != nil {}
    #expect(reader.line == 2)
  }

  @Test func aCutGzipFileIsAFaultWhereverItIsCut() throws {
    let folder = try TemporaryFolder()
    try write((0..<40).map { "line \($0 * 7919)" }, to: folder.path("a.gz"))
    let whole = try bytes(of: folder.path("a.gz"))
    for end in 0..<whole.count {
      let path = try folder.file("cut.gz", Array(whole[..<end]))
      #expect(throws: FileError.self) { try lines(of: path) }
    }
    #expect(try lines(of: folder.path("a.gz")).count == 40)
  }

  @Test func linesBeforeACutAreStillGiven() throws {
    let folder = try TemporaryFolder()
    try write(randomLines(seed: 5), to: folder.path("a.gz"))
    let whole = try bytes(of: folder.path("a.gz"))
    let path = try folder.file("cut.gz", Array(whole[..<(whole.count / 2)]))
    var reader = try LineReader(path: path)
    #expect {
      while try reader.next() != nil {}
    } throws: { error in
      guard case .truncated(path, 1, let line)? = error as? FileError else { return false }
      return line > 100
    }
  }

  @Test func damagedGzipDataAreAFault() throws {
    let folder = try TemporaryFolder()
    try write((0..<400).map { "line \($0 * 7919)" }, to: folder.path("a.gz"))
    var bytes = try bytes(of: folder.path("a.gz"))
    bytes[bytes.count - 6] ^= 0x55  // the checksum
    let path = try folder.file("b.gz", bytes)
    #expect {
      try lines(of: path)
    } throws: {
      guard case .corrupt? = $0 as? FileError else { return false }
      return true
    }
  }

  @Test func gzipIsToldByContentAndMembersAreJoined() throws {
    let folder = try TemporaryFolder()
    try write(["a"], to: folder.path("a.gz"))
    try write(["b"], to: folder.path("b.gz"))
    let joined = try bytes(of: folder.path("a.gz")) + bytes(of: folder.path("b.gz"))
    #expect(try lines(of: folder.file("joined", joined)) == ["a", "b"])
    let plain = try folder.file("plain.gz", "no gzip\n")
    #expect(throws: FileError.notGzip(path: plain)) { try lines(of: plain) }
  }

  @Test func equalLinesGiveEqualGzipBytes() throws {
    let folder = try TemporaryFolder()
    try write(randomLines(seed: 4), to: folder.path("a.gz"))
    try write(randomLines(seed: 4), to: folder.path("b.gz"))
    let bytes = try bytes(of: folder.path("a.gz"))
    #expect(try bytes == TestSupport.bytes(of: folder.path("b.gz")))
    #expect(Array(bytes[4..<8]) == [0, 0, 0, 0])  // no time
    #expect(bytes[3] == 0)  // no name
  }

  @Test func nothingIsSeenBeforeTheFinish() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a", "old\n")
    do {
      var writer = try LineWriter(path: path)
      try writer.write("new")
      #expect(try lines(of: path) == ["old"])
      #expect(folder.names.count == 2)
    }
    #expect(folder.names == ["a"])
    #expect(try lines(of: path) == ["old"])
    var writer = try LineWriter(path: path)
    try writer.write("new")
    try writer.finish()
    try writer.finish()
    #expect(try lines(of: path) == ["new"])
    #expect(folder.names == ["a"])
  }

  @Test func filesThatCannotBeOpenedAreFaults() throws {
    let folder = try TemporaryFolder()
    let none = folder.path("none")
    #expect(throws: FileError.missing(path: none)) { _ = try LineReader(path: none) }
    #expect {
      try lines(of: folder.path)
    } throws: {
      guard case .unreadable? = $0 as? FileError else { return false }
      return true
    }
    #expect {
      _ = try LineWriter(path: none + "/below/a")
    } throws: {
      guard case .unwritable(none + "/below/a", _)? = $0 as? FileError else { return false }
      return "\($0)".contains("check the folder")
    }
  }
}
