import Checkpoints
import Foundation
import Testing

@Suite struct CheckpointFolderTests {
  @Test func checkpointsAreListedByStepAndTheLatestFound() throws {
    try withTemporaryFolder("list") { folder in
      let names = ["step-1000000", "best", "step-000500", "step-000040", "step-x"]
      for name in names { try CheckpointTests.writer().write(to: "\(folder)/\(name)") }
      let expected = ["step-000040", "step-000500", "step-1000000", "best", "step-x"]
      #expect(CheckpointFolder.list(in: folder) == expected.map { "\(folder)/\($0)" })
      #expect(CheckpointFolder.latest(in: folder) == "\(folder)/step-1000000")
    }
  }

  @Test func halfWrittenCheckpointsAreNeverPickedUp() throws {
    try withTemporaryFolder("half") { folder in
      let manager = FileManager.default
      try CheckpointTests.writer().write(to: "\(folder)/step-000001")
      // Killed before the rename: all files but the bundle, or even all of them.
      for name in [".step-000002.tmp-1", ".step-000003.tmp-1", ".step-000001.old-1", "step-000004"]
      {
        try manager.copyItem(atPath: "\(folder)/step-000001", toPath: "\(folder)/\(name)")
      }
      try manager.removeItem(atPath: "\(folder)/.step-000002.tmp-1/bundle.json")
      try manager.removeItem(atPath: "\(folder)/step-000004/bundle.json")
      try manager.createDirectory(
        atPath: "\(folder)/step-000005", withIntermediateDirectories: false)
      try Data("{".utf8).write(to: URL(fileURLWithPath: "\(folder)/step-000005/bundle.json"))
      #expect(CheckpointFolder.list(in: folder) == ["\(folder)/step-000001"])
      #expect(CheckpointFolder.latest(in: folder) == "\(folder)/step-000001")
      // The next save of that step is not disturbed by what lies there.
      try CheckpointTests.writer().write(to: "\(folder)/step-000005")
      #expect(CheckpointFolder.latest(in: folder) == "\(folder)/step-000005")
    }
  }

  @Test func anAbsentFolderHasNoCheckpoints() {
    #expect(CheckpointFolder.list(in: "no such folder").isEmpty)
    #expect(CheckpointFolder.latest(in: "no such folder") == nil)
  }

  @Test(arguments: [(0, "step-000000"), (500, "step-000500"), (12_345_678, "step-12345678")])
  func namesAndStepsAgree(step: Int, name: String) {
    #expect(CheckpointFolder.name(step: step) == name)
    #expect(CheckpointFolder.step(of: "runs/\(name)/") == step)
  }

  @Test(arguments: ["step-", "step-1a", "step--5", "best", "step-99999999999999999999"])
  func otherNamesHaveNoStep(name: String) {
    #expect(CheckpointFolder.step(of: name) == nil)
  }
}
