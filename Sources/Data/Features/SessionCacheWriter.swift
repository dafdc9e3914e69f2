import Foundation
import Synchronization

/// Writes encoded sessions to a cache file that `SessionCache` reads by blocks.
///
/// The file has a temporary name until `finish()` renames it, so a path either holds a complete
/// cache or nothing new. A writer that goes away unfinished removes what it wrote.
package final class SessionCacheWriter: Sendable {
  package static let defaultBlockSize = 256

  private struct State: Sendable {
    var file: FileHandle
    var offset: UInt64
    var pending = WordWriter()
    var pendingSessions = 0
    var blocks: [SessionCacheFormat.Block] = []
    var userKeys: [UInt64] = []
    var times: [Double] = []
    var isFinished = false
  }

  package let path: String
  package let blockSize: Int
  private let temporaryPath: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - fingerprint: of the schema that encodes the sessions (`FittedSchema.fingerprint`).
  ///   - blockSize: sessions that are read and checked together.
  package init(
    path: String, fingerprint: UInt64, blockSize: Int = SessionCacheWriter.defaultBlockSize
  ) throws(SessionCacheError) {
    precondition(blockSize > 0 && blockSize <= 1 << 20, "block size \(blockSize)")
    self.path = path
    self.blockSize = blockSize
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    temporaryPath = temporary
    let header = SessionCacheFormat.header(blockSize: blockSize, fingerprint: fingerprint)
    let file = try inputOutput(temporary, "create the file") {
      try Data().write(to: URL(filePath: temporary))
      let file = try FileHandle(forWritingTo: URL(filePath: temporary))
      try file.write(header)
      return file
    }
    state = Mutex(State(file: file, offset: UInt64(header.count * 4)))
  }

  package func append(_ session: EncodedSession) throws(SessionCacheError) {
    try state.withLock { state throws(SessionCacheError) in
      guard !state.isFinished else { throw .finished(path: path) }
      state.pending.add(session)
      state.pendingSessions += 1
      state.userKeys.append(session.userKey)
      state.times.append(session.time)
      if state.pendingSessions == blockSize { try flush(&state) }
    }
  }

  /// Writes what is left and the index, and gives the file its name. Nothing may follow.
  package func finish() throws(SessionCacheError) {
    try state.withLock { state throws(SessionCacheError) in
      guard !state.isFinished else { throw .finished(path: path) }
      if state.pendingSessions > 0 { try flush(&state) }
      let index = SessionCacheFormat.index(
        blocks: state.blocks, userKeys: state.userKeys, times: state.times)
      let trailer = SessionCacheFormat.trailer(
        indexOffset: state.offset, blocks: state.blocks.count, sessions: state.times.count,
        indexChecksum: WordCoding.checksum(index))
      let file = state.file
      try inputOutput(temporaryPath, "write the index") {
        try file.write(index)
        try file.write(trailer)
        try file.synchronize()
        try file.close()
      }
      try rename(temporaryPath, to: path)
      state.isFinished = true
    }
  }

  private func flush(_ state: inout State) throws(SessionCacheError) {
    let words = state.pending.words
    let file = state.file
    try inputOutput(temporaryPath, "write a block") { try file.write(words) }
    state.blocks.append(
      SessionCacheFormat.Block(
        offset: state.offset, words: words.count, checksum: WordCoding.checksum(words)))
    state.offset += UInt64(words.count * 4)
    state.pending.removeAll()
    state.pendingSessions = 0
  }

  deinit {
    let isFinished = state.withLock { $0.isFinished }
    if !isFinished { try? FileManager.default.removeItem(atPath: temporaryPath) }
  }
}
