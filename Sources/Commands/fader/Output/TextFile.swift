import Sessions

/// Small files of text that commands leave behind.
enum TextFile {
  /// The file appears when it is whole; links and devices are treated as `LineWriter` does.
  ///
  /// - Parameter text: whole lines.
  static func write(_ text: String, to path: String) throws(FileError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var writer = try LineWriter(path: path)
    for line in lines { try writer.write(line.utf8) }
    try writer.finish()
  }
}
