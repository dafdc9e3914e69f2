import Foundation

/// Words a failure of the operating system as an error of the cache.
func inputOutput<Result>(
  _ path: String, _ action: String, _ body: () throws -> Result
) throws(SessionCacheError) -> Result {
  do {
    return try body()
  } catch {
    throw .inputOutput(path: path, action: action, reason: error.localizedDescription)
  }
}

/// Renames a file, replacing what the new name held: readers see the old file or the new one.
func rename(_ old: String, to new: String) throws(SessionCacheError) {
  // Foundation's move refuses an existing destination and its replace is not one step.
  guard unsafe Foundation.rename(old, new) == 0 else {
    throw .inputOutput(
      path: new, action: "rename \(old)", reason: unsafe String(cString: strerror(errno)))
  }
}
