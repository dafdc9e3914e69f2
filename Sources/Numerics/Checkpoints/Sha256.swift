import Crypto
import Foundation

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
public func sha256(of bytes: [UInt8]) -> String {
  hexadecimal(SHA256.hash(data: bytes))
}

/// SHA-256 of a file's content, read in pieces of 1 MiB.
///
/// Throws the system's error if the file cannot be opened or read.
public func sha256(ofFile path: String) throws -> String {
  let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  defer { try? file.close() }
  var hash = SHA256()
  while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
    hash.update(data: piece)
  }
  return hexadecimal(hash.finalize())
}

private func hexadecimal(_ digest: SHA256Digest) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: text, as: UTF8.self)
}
