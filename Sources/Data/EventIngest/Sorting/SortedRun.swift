import Sessions

/// Lines in memory that will be one sorted file.
struct RunBuffer {
  private struct Entry {
    var key: EventKey
    var start: Int
    var count: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// Bytes of memory in use.
  var size: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

  mutating func add(_ line: [UInt8], _ key: EventKey) {
    entries.append(Entry(key: key, start: bytes.count, count: line.count))
    bytes += line
  }

  /// Writes the lines by their keys, each behind its key, and forgets them.
  mutating func write(to path: String) throws(FileError) {
    entries.sort { $0.key < $1.key }
    var writer = try LineWriter(path: path)
    for entry in entries {
      try writer.write(entry.key.text + bytes[entry.start..<entry.start + entry.count])
    }
    try writer.finish()
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// A sorted file being read. A class because a reader cannot be an element of an array.
private final class SortedRun {
  private var reader: LineReader
  /// Of the next line; nil behind the last.
  private(set) var key: EventKey?
  private var line: [UInt8] = []

  init(path: String) throws(FileError) {
    reader = try LineReader(path: path, limit: LineReader.defaultLimit + EventKey.width)
    try advance()
  }

  private func advance() throws(FileError) {
    guard let bytes = try reader.next() else {
      key = nil
      return
    }
    key = EventKey(text: bytes)
    line = Array(bytes.dropFirst(EventKey.width))
  }

  func take() throws(FileError) -> [UInt8] {
    let taken = line
    try advance()
    return taken
  }
}

/// The lines of several sorted files, in the order of their keys.
struct RunMerge: ~Copyable {
  private var runs: [SortedRun]

  init(paths: [String]) throws(FileError) {
    runs = []
    for path in paths { runs.append(try SortedRun(path: path)) }
  }

  mutating func next() throws(FileError) -> (key: EventKey, line: [UInt8])? {
    var first: SortedRun?
    var least: EventKey?
    for run in runs {
      guard let key = run.key else { continue }
      if least.map({ key < $0 }) ?? true { (first, least) = (run, key) }
    }
    guard let first, let least else { return nil }
    return (least, try first.take())
  }
}
