import Checkpoints
import EvaluatorModel
import Foundation
import Networks
import Testing
import Training

@Suite struct FrozenEvaluatorTests {
  @Test(arguments: ["model.safetensors", "bundle.json"])
  func aFlippedBitInTheEvaluatorsIsRefusedWhenTheGeneratorStarts(file: String) throws {
    try withTemporaryRun("flipped") { path in
      try interruptInGeneratorStage(path)
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(path)/checkpoints")
      where name.hasPrefix("step-") {
        try FileManager.default.removeItem(atPath: "\(path)/checkpoints/\(name)")
      }
      try flip("\(path)/checkpoints/evaluators/\(file)")
      let error = try #require(throws: CheckpointError.self) { try TinyRun.run(path) }
      #expect("\(error)".hasPrefix("\(path)/checkpoints/evaluators/\(file)"))
    }
  }

  /// Going back to an older one in silence would hide the loss.
  @Test func aFlippedBitInTheGeneratorsCheckpointIsRefused() throws {
    try withTemporaryRun("generator") { path in
      try interruptInGeneratorStage(path)
      let latest = try #require(CheckpointFolder.latest(in: "\(path)/checkpoints"))
      try flip("\(latest)/optimizer.safetensors")
      #expect(throws: CheckpointError.self) { try TinyRun.run(path) }
    }
  }

  /// The generator's checkpoint carries the evaluators it was trained against.
  @Test func theHashOfTheFrozenEvaluatorsStaysTheSame() throws {
    try withTemporaryRun("hash") { path in
      let last = try TinyRun.run(path)
      let hashes = try [last, "\(path)/checkpoints/evaluators"].map {
        try CheckpointReader(path: $0).section("evaluator", as: EvaluatorRecord.self).hash
      }
      #expect(hashes[0] == hashes[1])
      let card = content("\(last)/MODEL_CARD.md")
      #expect(card.contains("SHA-256 `\(hashes[0])`"))
    }
  }

  private func interruptInGeneratorStage(_ path: String) throws {
    let count = Polls()
    #expect(throws: RunInterrupted.self) {
      try TinyRun.run(path) { count.next() == 22 ? SIGTERM : nil }
    }
  }

  /// Turns over one bit in the middle of a file.
  private func flip(_ path: String) throws {
    let file = URL(fileURLWithPath: path)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
  }
}
