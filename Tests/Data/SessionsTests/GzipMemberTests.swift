import Sessions
import TestSupport
import Testing

/// Nothing that stands in a gzip file is passed over without a word.
struct GzipMemberTests {
  private let folder: TemporaryFolderHandle
  private let first: [UInt8]
  private let second: [UInt8]

  init() throws {
    folder = TemporaryFolderHandle(try TemporaryFolder())
    first = try folder.compressed(["a", "b"])
    second = try folder.compressed(["c"])
  }

  @Test(arguments: [0, 1, 2, 511, 300_000], [0, 1, 300_000])
  func zerosBetweenAndBehindMembersAreNoContent(_ between: Int, _ behind: Int) throws {
    let bytes = first + zeros(between) + second + zeros(behind)
    #expect(try lines(of: folder.file(bytes)) == ["a", "b", "c"])
  }

  @Test(arguments: [0, 1, 5], ["c\n", "\u{1f}x"])
  func textBehindAMemberIsAFaultThatNamesIt(_ zerosBefore: Int, _ text: String) throws {
    let path = try folder.file(first + second + zeros(zerosBefore) + Array(text.utf8))
    #expect(throws: FileError.behindGzip(path: path, member: 2, line: 3)) { try lines(of: path) }
  }

  @Test func aSecondMemberThatIsCutOffIsNamed() throws {
    for end in 1..<second.count {
      let path = try folder.file(first + second[..<end])
      #expect {
        try lines(of: path)
      } throws: { error in
        guard case .truncated(path, 2, _)? = error as? FileError else { return false }
        return "\(error)".contains("gzip member 2")
      }
    }
  }

  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}

/// A folder that several tests of one suite write into. A class since the folder cannot be copied.
private final class TemporaryFolderHandle {
  private let folder: TemporaryFolder

  init(_ folder: consuming TemporaryFolder) {
    self.folder = folder
  }

  func file(_ bytes: [UInt8]) throws -> String { try folder.file("file.gz", bytes) }

  func compressed(_ lines: [String]) throws -> [UInt8] {
    var writer = try LineWriter(path: folder.path("member.gz"))
    for line in lines { try writer.write(line) }
    try writer.finish()
    return try bytes(of: folder.path("member.gz"))
  }
}
