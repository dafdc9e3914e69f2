import Foundation
import Synchronization

/// Encoded sessions on disk, read by blocks: for training on more than memory holds.
///
/// Keys and times of all sessions are in memory (16 bytes each); of the sessions themselves only
/// the blocks read last. Any thread may read at any time.
package final class SessionCache: Sendable {
  private struct State: Sendable {
    var file: FileHandle
    var recent: RecentBlocks
  }

  package let path: String
  private let index: SessionCacheIndex
  private let state: Mutex<State>

  /// Opens a finished cache and checks everything but the contents of its blocks, which are
  /// checked when they are read.
  ///
  /// - Parameters:
  ///   - fingerprint: of the schema the sessions must be encoded by; nil takes any.
  ///   - keptBlocks: decoded blocks kept in memory; as many as a `BlockShuffle` window or more.
  package init(
    path: String, fingerprint: UInt64? = nil, keptBlocks: Int = 16
  ) throws(SessionCacheError) {
    self.path = path
    let file = try inputOutput(path, "open") {
      try FileHandle(forReadingFrom: URL(filePath: path))
    }
    index = try SessionCacheIndex(file, path: path)
    state = Mutex(State(file: file, recent: RecentBlocks(capacity: keptBlocks)))
    if let fingerprint, fingerprint != index.fingerprint {
      throw .fingerprint(path: path, found: index.fingerprint, expected: fingerprint)
    }
  }

  /// Number of sessions.
  package var count: Int { index.times.count }

  /// Sessions read together.
  package var blockSize: Int { index.blockSize }

  /// Of the schema that encoded the sessions.
  package var fingerprint: UInt64 { index.fingerprint }

  /// `EncodedSession.userKey` of every session.
  package var userKeys: [UInt64] { index.userKeys }

  /// `EncodedSession.time` of every session.
  package var times: [Double] { index.times }

  /// Decoded blocks in memory now.
  package var keptBlocks: Int { state.withLock { $0.recent.count } }

  /// The sessions of a range, in order.
  package func sessions(in range: Range<Int>) throws(SessionCacheError) -> [EncodedSession] {
    for end in [range.lowerBound, range.upperBound - 1] where !range.isEmpty {
      try check(end)
    }
    var sessions: [EncodedSession] = []
    sessions.reserveCapacity(range.count)
    var next = range.lowerBound
    while next < range.upperBound {
      let block = next / blockSize
      let first = block * blockSize
      let end = min(range.upperBound, first + blockSize)
      sessions += try self.block(block)[next - first..<end - first]
      next = end
    }
    return sessions
  }

  /// The sessions with the given indices, in the order of the indices; each block is read at
  /// most once.
  package func sessions(at indices: [Int]) throws(SessionCacheError) -> [EncodedSession] {
    for index in indices { try check(index) }
    var found = [EncodedSession?](repeating: nil, count: indices.count)
    var current: (block: Int, sessions: [EncodedSession]) = (-1, [])
    for place in indices.indices.sorted(by: { indices[$0] < indices[$1] }) {
      let block = indices[place] / blockSize
      if block != current.block { current = (block, try self.block(block)) }
      found[place] = current.sessions[indices[place] % blockSize]
    }
    return found.compactMap { $0 }
  }

  private func check(_ index: Int) throws(SessionCacheError) {
    guard index >= 0, index < count else {
      throw .outOfRange(path: path, index: index, count: count)
    }
  }

  private func block(_ block: Int) throws(SessionCacheError) -> [EncodedSession] {
    let place = index.blocks[block]
    var words: [UInt32] = []
    let known = try state.withLock { state throws(SessionCacheError) -> [EncodedSession]? in
      if let sessions = state.recent.sessions(of: block) { return sessions }
      let file = state.file
      words = try inputOutput(path, "read block \(block)") {
        try file.words(at: place.offset, count: place.words)
      }
      return nil
    }
    if let known { return known }
    // Outside the lock: decoding is most of the work, and threads may do it side by side.
    let sessions = try decode(words, block: block, place)
    state.withLock { $0.recent.insert(sessions, of: block) }
    return sessions
  }

  private func decode(
    _ words: [UInt32], block: Int, _ place: SessionCacheFormat.Block
  ) throws(SessionCacheError) -> [EncodedSession] {
    let fault = SessionCacheError.corrupt(path: path, part: "block \(block)")
    guard words.count == place.words, WordCoding.checksum(words) == place.checksum else {
      throw fault
    }
    let expected = min(blockSize, count - block * blockSize)
    var reader = WordReader(words)
    var sessions: [EncodedSession] = []
    sessions.reserveCapacity(expected)
    do {
      for _ in 0..<expected { sessions.append(try reader.session()) }
    } catch {
      throw fault
    }
    guard reader.isAtEnd else { throw fault }
    return sessions
  }
}
