import CZlib

/// Why packed bytes could not be unpacked.
package enum UnpackingError: Error, Equatable {
  /// They are not of the format, or stop being so.
  case corrupt
  /// They end before the format does.
  case truncated
  /// They unpack to more than was allowed.
  case tooLong
}

/// The formats of bytes packed by zlib, as HTTP names them.
package enum PackedFormat: String, CaseIterable, Sendable {
  case gzip, deflate

  /// zlib's code: 15 is the largest window, 16 more asks for the format of gzip.
  fileprivate var window: Int32 { self == .gzip ? 15 + 16 : 15 }
}

/// What gzip or zlib data unpacks to; which of them it is, its first bytes tell. Several gzip members
/// are one content.
///
/// - Parameter most: bytes at most that it may unpack to, however few it is packed in.
package func unpacked(_ bytes: [UInt8], most: Int) throws(UnpackingError) -> [UInt8] {
  let stream = ZStream()
  // 32 more asks for either format.
  guard
    unsafe inflateInit2_(
      stream.pointer, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { preconditionFailure("zlib of another version") }
  defer { unsafe inflateEnd(stream.pointer) }
  let result = unsafe bytes.withUnsafeBytes { raw in
    unsafe stream.pointer.pointee.next_in = unsafe UnsafeMutablePointer(
      mutating: raw.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointer.pointee.avail_in = UInt32(clamping: raw.count)
    return inflateAll(stream, most: most)
  }
  return try result.get()
}

private func inflateAll(_ stream: ZStream, most: Int) -> Result<[UInt8], UnpackingError> {
  var out: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let code = unsafe block.withUnsafeMutableBytes { raw in
      unsafe stream.pointer.pointee.next_out = unsafe raw.baseAddress?.assumingMemoryBound(
        to: UInt8.self)
      unsafe stream.pointer.pointee.avail_out = UInt32(raw.count)
      return unsafe inflate(stream.pointer, Z_NO_FLUSH)
    }
    let made = block.count - Int(unsafe stream.pointer.pointee.avail_out)
    guard out.count + made <= most else { return .failure(.tooLong) }
    out += block[..<made]
    switch code {
    case Z_OK where made > 0: continue
    case Z_STREAM_END:
      if unsafe stream.pointer.pointee.avail_in == 0 { return .success(out) }
      unsafe inflateReset(stream.pointer)
    case Z_OK, Z_BUF_ERROR:
      if unsafe stream.pointer.pointee.avail_in == 0 { return .failure(.truncated) }
    default: return .failure(.corrupt)
    }
  }
}

/// The bytes packed quickly rather than tightly.
package func packed(_ bytes: [UInt8], as format: PackedFormat) -> [UInt8] {
  let stream = ZStream()
  guard
    unsafe deflateInit2_(
      stream.pointer, 1, Z_DEFLATED, format.window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { preconditionFailure("zlib of another version") }
  defer { unsafe deflateEnd(stream.pointer) }
  var out = [UInt8](
    repeating: 0, count: Int(unsafe deflateBound(stream.pointer, UInt(bytes.count))))
  let code = unsafe bytes.withUnsafeBytes { source in
    unsafe out.withUnsafeMutableBytes { target in
      unsafe stream.pointer.pointee.next_in = unsafe UnsafeMutablePointer(
        mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      unsafe stream.pointer.pointee.avail_in = UInt32(source.count)
      unsafe stream.pointer.pointee.next_out = unsafe target.baseAddress?.assumingMemoryBound(
        to: UInt8.self)
      unsafe stream.pointer.pointee.avail_out = UInt32(target.count)
      return unsafe deflate(stream.pointer, Z_FINISH)
    }
  }
  precondition(code == Z_STREAM_END, "zlib code \(code) although there was room")
  out.removeLast(Int(unsafe stream.pointer.pointee.avail_out))
  return out
}

/// The state of zlib, which must not move in memory while it is used.
@safe private final class ZStream {
  let pointer: UnsafeMutablePointer<z_stream>

  init() {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: z_stream())
  }

  deinit { unsafe pointer.deallocate() }
}
