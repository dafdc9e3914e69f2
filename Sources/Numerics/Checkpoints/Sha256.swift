import COpenSSL
import Foundation

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
package func sha256(of bytes: [UInt8]) -> String {
  let hash = Sha256()
  hash.add(bytes.span)
  return hash.hexadecimal()
}

/// SHA-256 of a file's content, read in pieces of 1 MiB.
///
/// Throws the system's error if the file cannot be opened or read.
package func sha256(ofFile path: String) throws -> String {
  let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  defer { try? file.close() }
  let hash = Sha256()
  while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
    hash.add(piece.span)
  }
  return hash.hexadecimal()
}

/// A running SHA-256 (FIPS 180-4) in the system's libcrypto.
@safe
private struct Sha256: ~Copyable {
  private let context: OpaquePointer

  init() {
    guard let context = unsafe EVP_MD_CTX_new(),
      unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    else { preconditionFailure("libcrypto offers no SHA-256") }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  func add(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { bytes in
      let isAdded = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
      precondition(isAdded, "libcrypto refused \(bytes.count) bytes")
    }
  }

  /// Ends the hash; nothing may be added afterwards.
  func hexadecimal() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    let isFinished = unsafe digest.withUnsafeMutableBufferPointer { digest in
      unsafe EVP_DigestFinal_ex(context, digest.baseAddress, nil) == 1
    }
    precondition(isFinished, "libcrypto could not finish a hash")
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
