import Checkpoints
import Foundation
import Testing

@Suite struct CheckpointDamageTests {
  private let files = ["bundle.json", "model.safetensors", "MODEL_CARD.md"]

  private func withCheckpoint(_ name: String, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder(name) { folder in
      var writer = CheckpointWriter()
      writer.add(tensors: [CheckpointTests.weights])
      writer.add(file: CheckpointFolder.cardFile, bytes: Array("# A model\n".utf8))
      try writer.setSection("scale", 0.1)
      try writer.write(to: "\(folder)/c")
      try body("\(folder)/c")
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    try withCheckpoint("flip") { path in
      for file in files {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        let sound = Array(try Data(contentsOf: url))
        let handle = try FileHandle(forWritingTo: url)
        func put(_ byte: UInt8, at place: Int) throws {
          try handle.seek(toOffset: UInt64(place))
          try handle.write(contentsOf: [byte])
        }
        var unnoticed: [Int] = []
        for bit in 0..<8 * sound.count {
          try put(sound[bit / 8] ^ 1 << UInt8(bit % 8), at: bit / 8)
          if (try? CheckpointReader(path: path)) != nil { unnoticed.append(bit) }
          try put(sound[bit / 8], at: bit / 8)
        }
        #expect(unnoticed.isEmpty, "\(file)")
        // The control: undamaged again, it opens.
        _ = try CheckpointReader(path: path)
      }
    }
  }

  @Test func everyTruncationIsNoticed() throws {
    try withCheckpoint("truncate") { path in
      for file in files {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        let sound = try Data(contentsOf: url)
        let handle = try FileHandle(forWritingTo: url)
        for count in (0..<sound.count).reversed() {
          try handle.truncate(atOffset: UInt64(count))
          #expect(throws: CheckpointError.self) { try CheckpointReader(path: path) }
        }
        try sound.write(to: url)
      }
    }
  }

  @Test func damageIsDescribedWithExpectedAndGot() throws {
    try withCheckpoint("describe") { path in
      let card = URL(fileURLWithPath: "\(path)/MODEL_CARD.md")
      try Data("# A".utf8).write(to: card)
      #expect(
        throws: CheckpointError.wrongSize(file: card.path, expected: 10, got: 3)
      ) { try CheckpointReader(path: path) }
      try Data("# A Model\n".utf8).write(to: card)
      #expect(
        throws: CheckpointError.wrongHash(
          file: card.path, expected: sha256(of: Array("# A model\n".utf8)),
          got: sha256(of: Array("# A Model\n".utf8)))
      ) { try CheckpointReader(path: path) }
    }
  }

  @Test func damageAfterOpeningIsNoticedWhenReading() throws {
    try withCheckpoint("late") { path in
      let reader = try CheckpointReader(path: path)
      try Data("# A Model\n".utf8).write(to: URL(fileURLWithPath: "\(path)/MODEL_CARD.md"))
      #expect(throws: CheckpointError.self) { try reader.bytes("MODEL_CARD.md") }
    }
  }

  @Test(arguments: [
    ("version\": 1", "version\": 2", "expected version 1, got 2"),
    ("fader-checkpoint", "other", "expected format fader-checkpoint, got other"),
    ("MODEL_CARD.md", "../secret.md", "is not the name of a checkpoint's file"),
  ])
  func anotherBundleIsRefused(old: String, new: String, message: String) throws {
    try withCheckpoint("other") { path in
      let url = URL(fileURLWithPath: "\(path)/bundle.json")
      // Resealed, so that only its content is wrong.
      let text = try String(contentsOf: url, encoding: .utf8)
        .replacingOccurrences(of: old, with: new)
      let body = Array(text.utf8.dropLast(64 + 4))
      try Data(body + Array("\(sha256(of: body))\"\n}\n".utf8)).write(to: url)
      let error = try #require(throws: CheckpointError.self) {
        try CheckpointReader(path: path)
      }
      #expect("\(error)".contains(message))
      #expect(CheckpointFolder.list(in: url.deletingLastPathComponent().path).isEmpty)
    }
  }
}
