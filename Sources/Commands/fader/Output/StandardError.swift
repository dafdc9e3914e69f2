import Foundation

/// Where progress and messages go. Nobody listening is no reason to stop.
enum StandardError {
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// A message on a line of its own.
  @Sendable
  static func note(_ text: String) {
    write(text + "\n")
  }
}
