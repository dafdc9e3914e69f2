import Foundation
import Serving

/// The checkpoint and a request that come with the repository.
enum Quickstart {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let checkpoint = root.appendingPathComponent("checkpoints/quickstart").path
  static let configuration = root.appendingPathComponent("configs/serving/feed.yaml").path
  static let sessions = root.appendingPathComponent("data/feed/sessions.jsonl").path

  static func ranker() throws -> Ranker { try Ranker(checkpoint: checkpoint) }

  /// 40 candidates, w of its own.
  static func body() throws -> [UInt8] {
    Array(try Data(contentsOf: root.appendingPathComponent("data/feed/click.json")))
  }

  /// A new folder, removed by nobody but the system.
  static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fader-serving-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }
}
