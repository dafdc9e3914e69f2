import CZlib
import Foundation

/// A file that is read once from its start, plain or gzip; which of them its first bytes tell.
///
/// A gzip file is one or more members, with zeros between or behind them as tapes and block devices
/// leave them. Nothing that is in the file is passed over: whatever else stands behind a member,
/// and a member without its end, is a fault.
///
/// The pointers of the C library never leave this file; as the value cannot be copied there is one
/// owner, who may move it between threads.
@safe struct InputFile: ~Copyable, @unchecked Sendable {
  private enum State {
    case fresh, plain, inMember, behindMember
  }

  /// Bytes of compressed data that are held.
  private static let block = 1 << 18

  /// As faults call the file.
  let name: String
  private let descriptor: Int32
  private var state = State.fresh
  private let inflater: UnsafeMutablePointer<z_stream>
  /// From 1; 0 before the first.
  private var member = 0
  /// Bytes of the file that were read and not yet used: `input[start..<end]`.
  private var input = [UInt8](repeating: 0, count: InputFile.block)
  private var start = 0
  private var end = 0

  /// - Parameters:
  ///   - path: what is opened; for a pipe, this waits for its writer.
  ///   - name: as faults call it.
  init(path: String, name: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .missing(path: name) : .unreadable(path: name, reason: systemMessage(errno))
    }
    self.name = name
    self.descriptor = descriptor
    unsafe inflater = .allocate(capacity: 1)
    unsafe inflater.initialize(to: z_stream())
    // 15 is the largest window, 16 asks for the format of gzip.
    let code = unsafe inflateInit2_(
      inflater, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib of another version: code \(code)")
  }

  deinit {
    unsafe inflateEnd(inflater)
    unsafe inflater.deallocate()
    close(descriptor)
  }

  /// Whether the content is gzip data; known after the first read.
  var isGzip: Bool { member > 0 }

  /// Fills up to `count` bytes of `buffer` from `offset` on; returns how many came, at least 1
  /// before the end and 0 there.
  ///
  /// `line`: how many lines were read so far, for the fault.
  mutating func read(
    into buffer: inout [UInt8], at offset: Int, count: Int, line: Int
  ) throws(FileError) -> Int {
    precondition(
      offset >= 0 && count > 0 && count <= 1 << 30 && offset + count <= buffer.count,
      "bytes \(offset)..<\(offset + count) of a buffer of \(buffer.count)")
    while true {
      switch state {
      case .fresh:
        if try startsMember() { beginMember() } else { state = .plain }
      case .plain:
        guard start < end else {
          return try readSome(descriptor, of: name, into: &buffer, at: offset, count: count)
        }
        let taken = min(count, end - start)
        for place in 0..<taken { buffer[offset + place] = input[start + place] }
        start += taken
        return taken
      case .inMember:
        guard try hasInput() else { throw .truncated(path: name, member: member, line: line) }
        let got = try decompress(into: &buffer, at: offset, count: count, line: line)
        if got > 0 { return got }
      case .behindMember:
        while try hasInput(), input[start] == 0 { start += 1 }
        guard try hasInput() else { return 0 }
        guard try startsMember() else {
          // The first half of the mark is a member that was cut off there.
          throw input[start] == 0x1f && end - start == 1
            ? .truncated(path: name, member: member + 1, line: line)
            : .behindGzip(path: name, member: member, line: line)
        }
        beginMember()
      }
    }
  }

  private mutating func beginMember() {
    unsafe inflateReset(inflater)
    member += 1
    state = .inMember
  }

  /// Whether the two bytes that mark gzip data come next.
  private mutating func startsMember() throws(FileError) -> Bool {
    while end - start < 2 {
      for place in 0..<end - start { input[place] = input[start + place] }
      (start, end) = (0, end - start)
      let got = try readSome(
        descriptor, of: name, into: &input, at: end, count: InputFile.block - end)
      if got == 0 { return false }
      end += got
    }
    return input[start] == 0x1f && input[start + 1] == 0x8b
  }

  /// Whether there are bytes in `input`; reads some when there are none.
  private mutating func hasInput() throws(FileError) -> Bool {
    if start == end {
      start = 0
      end = try readSome(
        descriptor, of: name, into: &input, at: 0, count: InputFile.block)
    }
    return start < end
  }

  /// Decompresses what is in `input`; returns how many bytes that made.
  private mutating func decompress(
    into buffer: inout [UInt8], at offset: Int, count: Int, line: Int
  ) throws(FileError) -> Int {
    let (first, available) = (start, end - start)
    let stream = unsafe inflater
    let code = unsafe input.withUnsafeMutableBytes { source in
      unsafe buffer.withUnsafeMutableBytes { target in
        unsafe stream.pointee.next_in = unsafe source.baseAddress?.advanced(by: first)
          .assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = unsafe target.baseAddress?.advanced(by: offset)
          .assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(count)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    start = end - Int(unsafe inflater.pointee.avail_in)
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: state = .behindMember
    default:
      let reason = unsafe inflater.pointee.msg.map { unsafe String(cString: $0) }
      throw .corrupt(
        path: name, line: line, reason: "member \(member): \(reason ?? "zlib code \(code)")")
    }
    return count - Int(unsafe inflater.pointee.avail_out)
  }
}

/// Reads up to `count` bytes from the system into `bytes` from `offset` on; returns 0 at the end.
private func readSome(
  _ descriptor: Int32, of name: String, into bytes: inout [UInt8], at offset: Int, count: Int
) throws(FileError) -> Int {
  while true {
    let got = unsafe bytes.withUnsafeMutableBytes { raw in
      unsafe read(descriptor, raw.baseAddress?.advanced(by: offset), count)
    }
    if got >= 0 { return got }
    if errno != EINTR { throw .unreadable(path: name, reason: systemMessage(errno)) }
  }
}

/// Whether the path leads to a pipe, a device or a socket, whose bytes come only once.
package func isReadOnce(_ path: String) -> Bool {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return false }
  let type = status.st_mode & S_IFMT
  return type != S_IFREG && type != S_IFDIR
}

func systemMessage(_ code: Int32) -> String {
  code == 0 ? "no reason given" : unsafe String(cString: strerror(code))
}
