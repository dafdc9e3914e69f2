import Checkpoints
import Foundation
import Testing

@Suite struct Sha256Tests {
  @Test func agreesWithThePublishedVectors() {
    #expect(
      sha256(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      sha256(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func aFileHashesLikeItsBytes() throws {
    try withTemporaryFolder("sha256") { folder in
      let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/file"))
      #expect(try sha256(ofFile: "\(folder)/file") == sha256(of: bytes))
      #expect(throws: (any Error).self) { try sha256(ofFile: "\(folder)/none") }
    }
  }
}
