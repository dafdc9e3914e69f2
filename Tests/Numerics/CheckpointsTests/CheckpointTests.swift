import Checkpoints
import Foundation
import Testing

@Suite struct CheckpointTests {
  struct Schema: Codable, Equatable {
    var itemFeatures: [String]
    var seed: UInt64
    var scale: Double
    enum CodingKeys: String, CodingKey {
      case itemFeatures = "item_features"
      case seed, scale
    }
  }

  static let schema = Schema(
    itemFeatures: ["b", "a/é\"\n"], seed: .max, scale: 0.1 + 0.2)
  static let weights = StoredTensor(name: "w", shape: [2], scalars: [1, -.infinity])

  static func writer() throws -> CheckpointWriter {
    var writer = CheckpointWriter()
    writer.add(tensors: [weights])
    writer.add(file: CheckpointFolder.cardFile, bytes: Array("# A model\n".utf8))
    try writer.setSection("schema", schema)
    try writer.setSection("best", ["reward": Double.nan])
    try writer.setSection("a \"quoted\" name", 7)
    return writer
  }

  @Test func whatIsWrittenIsRead() throws {
    try withTemporaryFolder("read") { folder in
      try Self.writer().write(to: "\(folder)/runs/step-000500/")
      let reader = try CheckpointReader(path: "\(folder)/runs/step-000500")
      #expect(reader.version == 1)
      #expect(try reader.tensors() == ["w": Self.weights])
      #expect(try reader.modelHash == sha256(of: reader.bytes("model.safetensors")))
      #expect(try reader.bytes("MODEL_CARD.md") == Array("# A model\n".utf8))
      #expect(reader.fileNames == ["MODEL_CARD.md", "model.safetensors"])
      #expect(reader.sectionNames == ["a \"quoted\" name", "best", "schema"])
      #expect(try reader.section("schema", as: Schema.self) == Self.schema)
      #expect(try reader.section("a \"quoted\" name", as: Int.self) == 7)
      #expect(try reader.section("best", as: [String: Double].self)["reward"]?.isNaN == true)
      #expect(reader.hasSection("schema") && !reader.hasSection("other"))
    }
  }

  @Test func aCopyHoldsTheSameBytesButForTheCard() throws {
    try withTemporaryFolder("copy") { folder in
      try Self.writer().write(to: "\(folder)/a")
      let reader = try CheckpointReader(path: "\(folder)/a")
      try CheckpointWriter(copying: reader).write(to: "\(folder)/b")
      let bundles = try ["a", "b"].map {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/bundle.json"))
      }
      #expect(bundles[0] == bundles[1])
      for text in ["## Evaluation\n\nfirst\n", "## Evaluation\n\nsecond\n"] {
        let old = try CheckpointReader(path: "\(folder)/b")
        var writer = try CheckpointWriter(copying: old)
        try writer.setEvaluation(text, in: old)
        try writer.write(to: "\(folder)/b")
      }
      let copy = try CheckpointReader(path: "\(folder)/b")
      #expect(
        try copy.bytes("MODEL_CARD.md")
          == Array("# A model\n## Evaluation\n\nsecond\n".utf8))
      #expect(copy.modelHash == reader.modelHash && copy.sectionNames == reader.sectionNames)
    }
  }

  @Test func theStateStandsInAFileOfItsOwnBitForBit() throws {
    struct State: Codable, Equatable {
      var step: Int
      var best: Double
      var seed: UInt64
    }
    let state = State(step: 7, best: .infinity, seed: .max)
    try withTemporaryFolder("state") { folder in
      var writer = CheckpointWriter()
      try writer.setState(state)
      try writer.write(to: "\(folder)/c")
      let reader = try CheckpointReader(path: "\(folder)/c")
      #expect(reader.fileNames == ["state.json"])
      #expect(try reader.state(as: State.self) == state)
      #expect(throws: CheckpointError.self) { try reader.state(as: [Int].self) }
    }
  }

  @Test func equalContentGivesEqualBytes() throws {
    try withTemporaryFolder("equal") { folder in
      try Self.writer().write(to: "\(folder)/a")
      try Self.writer().write(to: "\(folder)/b")
      for file in ["bundle.json", "model.safetensors"] {
        let contents = ["a", "b"].map {
          FileManager.default.contents(atPath: "\(folder)/\($0)/\(file)")
        }
        #expect(contents[0] != nil && contents[0] == contents[1])
      }
    }
  }

  @Test func aCheckpointOfTheSameNameIsReplacedWhole() throws {
    try withTemporaryFolder("replace") { folder in
      try Self.writer().write(to: "\(folder)/best")
      var second = CheckpointWriter()
      second.add(file: "state.json", bytes: [1, 2])
      try second.write(to: "\(folder)/best")
      let reader = try CheckpointReader(path: "\(folder)/best")
      #expect(reader.fileNames == ["state.json"])
      #expect(reader.modelHash.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["best"])
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/best")
      #expect(Set(files) == ["state.json", "bundle.json"])
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    try withTemporaryFolder("missing") { folder in
      try Self.writer().write(to: "\(folder)/c")
      let reader = try CheckpointReader(path: "\(folder)/c")
      #expect(
        throws: CheckpointError.unknownFile(
          "optimizer.safetensors", checkpoint: "\(folder)/c",
          known: ["MODEL_CARD.md", "model.safetensors"])
      ) { try reader.bytes("optimizer.safetensors") }
      #expect(
        throws: CheckpointError.unknownSection(
          "state", file: "\(folder)/c/bundle.json",
          known: ["a \"quoted\" name", "best", "schema"])
      ) { try reader.section("state", as: Int.self) }
      #expect(throws: CheckpointError.self) { try reader.section("schema", as: Int.self) }
      #expect(throws: CheckpointError.notACheckpoint(path: folder)) {
        try CheckpointReader(path: folder)
      }
      try FileManager.default.removeItem(atPath: "\(folder)/c/MODEL_CARD.md")
      let error = try #require(throws: CheckpointError.self) {
        try CheckpointReader(path: "\(folder)/c")
      }
      #expect("\(error)".hasPrefix("\(folder)/c/MODEL_CARD.md: expected a readable file"))
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsAnError() throws {
    try withTemporaryFolder("blocked") { folder in
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/file"))
      let error = try #require(throws: CheckpointError.self) {
        try Self.writer().write(to: "\(folder)/file/c")
      }
      #expect("\(error)".hasPrefix("\(folder)/file/c: cannot be written"))
    }
  }
}
