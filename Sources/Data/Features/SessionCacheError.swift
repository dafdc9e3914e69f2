/// Why a session cache could not be written or read.
package enum SessionCacheError: Error, Equatable, CustomStringConvertible {
  /// The operating system refused: create, write, read, rename.
  case inputOutput(path: String, action: String, reason: String)
  case notACache(path: String)
  case version(path: String, found: UInt32, expected: UInt32)
  /// Made by another schema.
  case fingerprint(path: String, found: UInt64, expected: UInt64)
  /// The file ends too early, or was never finished.
  case truncated(path: String, bytes: UInt64)
  /// A part does not match its checksum or its length.
  case corrupt(path: String, part: String)
  case outOfRange(path: String, index: Int, count: Int)
  case finished(path: String)

  package var description: String {
    switch self {
    case .inputOutput(let path, let action, let reason):
      "\(path): cannot \(action): \(reason); check that the folder exists, is writable and has space"
    case .notACache(let path):
      "\(path): expected a session cache, got another kind of file; delete it or name another path"
    case .version(let path, let found, let expected):
      "\(path): expected session cache version \(expected), got \(found); \(Self.remedy)"
    case .fingerprint(let path, let found, let expected):
      "\(path): expected sessions encoded by schema \(hex(expected)), got \(hex(found)); "
        + Self.remedy
    case .truncated(let path, let bytes):
      "\(path): expected a complete session cache, got \(bytes) bytes without its end; "
        + Self.remedy
    case .corrupt(let path, let part):
      "\(path): \(part): expected contents that match their checksum, got others; " + Self.remedy
    case .outOfRange(let path, let index, let count):
      "\(path): expected a session index from 0 to below \(count), got \(index); "
        + "compute indices from this cache's count"
    case .finished(let path):
      "\(path): expected an unfinished cache to append to, got one that finish() has closed; "
        + "write a new one"
    }
  }

  private static let remedy = "delete it and encode the sessions again"

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
