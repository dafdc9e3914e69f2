import Training

/// Where progress and messages go. Nobody listening is no reason to stop.
enum StandardError {
  static func write(_ text: String) {
    StandardErrorLine.write(text)
  }

  /// The last words of the process, below a progress line that was not ended.
  static func end(_ text: String) {
    StandardErrorLine.write(text, keepingProgress: true)
  }

  /// A message on a line of its own.
  @Sendable
  static func note(_ text: String) {
    write(text + "\n")
  }
}
