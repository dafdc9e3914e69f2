/// Why a file of lines cannot be read or written.
public enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  /// The gzip data stop before the end of a member, counted from 1; `line` lines came before that.
  case truncated(path: String, member: Int, line: Int)
  /// Something that is no gzip data follows a member, counted from 1, with which `line` lines ended.
  case behindGzip(path: String, member: Int, line: Int)
  /// The gzip data contradict themselves or their checksum.
  case corrupt(path: String, line: Int, reason: String)
  /// The name ends in .gz and the content is something else.
  case notGzip(path: String)
  /// `line` counts from 1, `limit` is in bytes.
  case lineTooLong(path: String, line: Int, limit: Int)
  case unwritable(path: String, reason: String)
  /// The file holds something else than lines of text.
  case foreign(path: String, content: String, remedy: String)
  /// What is read several times is a pipe or a device.
  case readOnce(path: String, remedy: String)
  /// Another process works in the folder.
  case claimed(path: String, remedy: String)

  public var path: String {
    switch self {
    case .missing(let path), .unreadable(let path, _), .truncated(let path, _, _),
      .behindGzip(let path, _, _), .corrupt(let path, _, _), .notGzip(let path),
      .lineTooLong(let path, _, _), .unwritable(let path, _), .foreign(let path, _, _),
      .readOnce(let path, _), .claimed(let path, _):
      path
    }
  }

  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no such file; check the path"
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason))"
    case .truncated(let path, let member, let line):
      "\(path): expected the end of gzip member \(member), got the end of the file after line "
        + "\(line); the file was cut off, copy or export it again"
    case .behindGzip(let path, let member, let line):
      "\(path): expected the end of the file or another gzip member behind gzip member \(member), "
        + "got other data after line \(line); if it is plain text, compress it too and append that"
    case .corrupt(let path, let line, let reason):
      "\(path): damaged gzip data after line \(line) (\(reason)); copy or export the file again"
    case .notGzip(let path):
      "\(path): expected gzip data because of the name, got something else; rename the file"
    case .lineTooLong(let path, let line, let limit):
      "\(path):\(line): expected a line of at most \(limit) bytes, got a longer one; "
        + "check that the file has one JSON document per line"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check the folder, its rights and the free space"
    case .foreign(let path, let content, let remedy):
      "\(path): expected lines of JSON in UTF-8, plain or gzip, got \(content); \(remedy)"
    case .readOnce(let path, let remedy):
      "\(path): expected a file, as it is read more than once, got a pipe or a device; \(remedy)"
    case .claimed(let path, let remedy):
      "\(path): expected a folder that no other process works in, got one in use; \(remedy)"
    }
  }
}
