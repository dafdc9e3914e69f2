import CZlib
import Foundation

/// A file behind zlib's gz functions: written plain or as gzip data.
///
/// The pointers of the C library never leave this file; as the value cannot be copied there is one
/// owner, who may move it between threads.
@safe struct GzipFile: ~Copyable, @unchecked Sendable {
  let path: String
  private var handle: gzFile?

  /// `compressed` is gzip at level 6 with a header that names neither file nor time.
  init(writing path: String, compressed: Bool) throws(FileError) {
    // "T" is zlib's plain mode; "x" would refuse a leftover of a killed process.
    guard let handle = unsafe gzopen(path, compressed ? "wb6" : "wbT") else {
      throw .unwritable(path: path, reason: systemMessage(errno))
    }
    unsafe gzbuffer(handle, 1 << 18)
    self.path = path
    unsafe self.handle = unsafe handle
  }

  deinit {
    if let handle = unsafe handle { _ = unsafe gzclose(handle) }
  }

  mutating func write(_ bytes: [UInt8]) throws(FileError) {
    guard !bytes.isEmpty, let handle = unsafe handle else { return }
    precondition(bytes.count <= 1 << 30, "\(bytes.count) bytes in one write")
    let written = unsafe bytes.withUnsafeBytes { raw in
      unsafe gzwrite(handle, raw.baseAddress, UInt32(raw.count))
    }
    guard Int(written) == bytes.count else {
      throw .unwritable(path: path, reason: systemMessage(errno))
    }
  }

  /// Writes what is buffered and closes; a second call does nothing.
  mutating func close() throws(FileError) {
    guard let handle = unsafe handle else { return }
    unsafe self.handle = nil
    guard unsafe gzclose(handle) == Z_OK else {
      throw .unwritable(path: path, reason: systemMessage(errno))
    }
  }

  /// Puts a finished file on the disk and in the place of `target` in one step.
  static func move(_ path: String, to target: String) throws(FileError) {
    let file = FileHandle(forUpdatingAtPath: path)
    do {
      try file?.synchronize()
      try file?.close()
    } catch {
      throw .unwritable(path: target, reason: "\(error)")
    }
    guard unsafe rename(path, target) == 0 else {
      throw .unwritable(path: target, reason: systemMessage(errno))
    }
  }
}

/// The index of the first line feed in `bytes[start..<end]`.
///
/// Every byte of a log goes through this search; the C library's is vectorised, a loop is not.
func firstLineFeed(in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
  firstPlace(of: UInt8(ascii: "\n"), in: bytes[start..<end])
}

/// The index of the first such byte, by the C library's search.
package func firstPlace(of byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
  unsafe bytes.withUnsafeBytes { raw in
    guard let base = raw.baseAddress,
      let found = unsafe memchr(base, Int32(byte), raw.count)
    else { return nil }
    return unsafe bytes.startIndex + (UnsafeRawPointer(found) - base)
  }
}
