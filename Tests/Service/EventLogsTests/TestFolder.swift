import EventLogs
import Foundation
import Sessions

/// A folder of its own for a test, deleted with it.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/event-logs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Paths of what is in it, sorted.
  func files(_ folder: String = "") throws -> [String] {
    let place = path + folder
    return try FileManager.default.contentsOfDirectory(atPath: place).sorted().map {
      "\(place)/\($0)"
    }
  }

  /// What all files hold, one after the other.
  func text(_ folder: String = "") throws -> String {
    try files(folder).map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
  }

  /// The lines of all files; a last line without its end is none.
  func lines(_ folder: String = "") throws -> [String] {
    try files(folder).flatMap { file in
      try String(contentsOfFile: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).dropLast().map(String.init)
    }
  }

  static func size(_ path: String) throws -> Int { try Data(contentsOf: path.asFile).count }
}

extension String {
  var asFile: URL { URL(fileURLWithPath: self) }
}

extension EventLogConfiguration {
  /// Small enough for tests; writes when told to, or every 5 ms.
  static func small(
    rotate: Int = 1_000_000, keep: Int = 100_000_000, queue: Int = 16_000_000
  ) -> EventLogConfiguration {
    var configuration = EventLogConfiguration()
    configuration.rotateMegabytes = Double(rotate) / 1e6
    configuration.keepMegabytes = Double(keep) / 1e6
    configuration.queueMegabytes = Double(queue) / 1e6
    configuration.flushMilliseconds = 5
    return configuration
  }
}

/// Waits up to ten seconds.
func holdsSoon(_ condition: () -> Bool) -> Bool {
  for _ in 0..<2000 {
    if condition() { return true }
    Thread.sleep(forTimeInterval: 0.005)
  }
  return condition()
}
