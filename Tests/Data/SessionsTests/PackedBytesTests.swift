import Sessions
import Testing

@Suite struct PackedBytesTests {
  private let text = Array(String(repeating: "a list of items; ", count: 20_000).utf8)

  @Test(arguments: PackedFormat.allCases)
  func whatIsPackedUnpacksToTheSame(format: PackedFormat) throws {
    for content in [[], [7], text] {
      let short = packed(content, as: format)
      #expect(try unpacked(short, most: content.count) == content)
    }
    #expect(packed(text, as: format).count < text.count / 50)
  }

  @Test func severalMembersAreOneContent() throws {
    let members = packed([1, 2], as: .gzip) + packed([3], as: .gzip)
    #expect(try unpacked(members, most: 10) == [1, 2, 3])
  }

  @Test(arguments: PackedFormat.allCases)
  func noMoreIsUnpackedThanAllowed(format: PackedFormat) {
    #expect(throws: UnpackingError.tooLong) {
      try unpacked(packed(text, as: format), most: text.count - 1)
    }
  }

  @Test(arguments: PackedFormat.allCases)
  func damageIsFound(format: PackedFormat) {
    let short = packed(text, as: format)
    for length in [0, 1, 5, short.count / 2, short.count - 1] {
      #expect(throws: UnpackingError.truncated) {
        try unpacked(Array(short.prefix(length)), most: text.count)
      }
    }
    var wrong = short
    wrong[short.count - 2] ^= 1
    #expect(throws: UnpackingError.corrupt) { try unpacked(wrong, most: text.count) }
    #expect(throws: UnpackingError.corrupt) { try unpacked(short + [9, 9, 9], most: text.count) }
    #expect(throws: UnpackingError.corrupt) { try unpacked(Array("plain".utf8), most: 9) }
  }
}
