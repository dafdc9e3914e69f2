/// Reading and writing the safetensors format: named tensors, plus a map of texts.
///
/// A file is an 8-byte little-endian header length, a JSON header padded with spaces to a multiple
/// of 8 bytes, and the scalars of all tensors without a gap. Written files are byte-identical to
/// those of the Python library's writer (whose order of several metadata entries is random; here
/// they are sorted).
package enum Safetensors {
  /// The longest header that is read, in bytes; the reference implementation's limit.
  static let longestHeader = 100_000_000
  /// Name under which the header keeps its map of texts.
  static let metadataKey = "__metadata__"
  /// Bytes of the length that stands before the header.
  static let prefixLength = 8
}

/// Byte order of names: what the reference writer sorts by, unlike Swift's canonical order.
func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
