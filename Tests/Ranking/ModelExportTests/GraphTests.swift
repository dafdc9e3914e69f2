import Checkpoints
import ModelExport
import ScreenModel
import Testing
import TinyModels

@Suite struct GraphTests {
  private func bytes(_ width: Int, greedy: Bool) throws -> [UInt8] {
    var result: [UInt8] = []
    try withTemporaryPath("graph") { folder in
      try TinyScreen.write(try TinyScreen.policy(width: width), to: folder)
      result = try ScreenGraph(
        try CheckpointReader(path: folder), precision: .float32, greedy: greedy
      ).bytes()
    }
    return result
  }

  /// What onnxruntime makes of it is held in the Python package's tests.
  @Test func aGraphNamesItsInputsAndOutputs() throws {
    let text = String(decoding: try bytes(1, greedy: false), as: UTF8.self)
    for name in [
      "item_numbers", "watched_exposure_ages", "weights", "noise", "excluded", "order",
      "predictions", "Loop",
    ] { #expect(text.contains(name), "\(name)") }
    #expect(try bytes(1, greedy: false) == bytes(1, greedy: true))
  }

  @Test func aBeamIsNotLeftOutInSilence() throws {
    #expect(throws: ExportError.self) { try bytes(4, greedy: false) }
    #expect(try !bytes(4, greedy: true).isEmpty)
  }
}
