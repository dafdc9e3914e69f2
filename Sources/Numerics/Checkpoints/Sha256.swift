import Foundation

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
package func sha256(of bytes: [UInt8]) -> String {
  var hash = Sha256()
  hash.add(bytes)
  return hash.hexadecimal()
}

/// SHA-256 of a file's content, read in pieces of 1 MiB.
///
/// Throws the system's error if the file cannot be opened or read.
package func sha256(ofFile path: String) throws -> String {
  let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  defer { try? file.close() }
  var hash = Sha256()
  while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.add(Array(piece)) }
  return hash.hexadecimal()
}

/// A running SHA-256 (FIPS 180-4).
private struct Sha256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// What has been added behind the last whole block, fewer than 64 bytes.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0
  private var schedule = [UInt32](repeating: 0, count: 64)

  private static let blockSize = 64

  mutating func add(_ bytes: [UInt8]) {
    count += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(Self.blockSize - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == Self.blockSize else { return }
      take(rest, at: 0)
      rest = []
    }
    while start + Self.blockSize <= bytes.count {
      take(bytes, at: start)
      start += Self.blockSize
    }
    rest = Array(bytes[start...])
  }

  /// Ends the hash; nothing may be added afterwards.
  mutating func hexadecimal() -> String {
    let bits = count &* 8
    var padding: [UInt8] = [0x80]
    while (rest.count + padding.count) % Self.blockSize != 56 { padding.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    add(padding)
    let digits = Array("0123456789abcdef".utf8)
    let text = state.flatMap { word in
      stride(from: UInt32(28), through: 0, by: -4).map { digits[Int(word >> $0 & 15)] }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func take(_ bytes: [UInt8], at start: Int) {
    Self.take(bytes, at: start, into: &state, schedule: &schedule)
  }

  private static func take(
    _ bytes: [UInt8], at start: Int, into state: inout [UInt32], schedule: inout [UInt32]
  ) {
    let source = bytes.span
    var w = schedule.mutableSpan
    for t in 0..<16 {
      let at = start &+ 4 &* t
      let high = UInt32(source[at]) << 24 | UInt32(source[at &+ 1]) << 16
      w[t] = high | UInt32(source[at &+ 2]) << 8 | UInt32(source[at &+ 3])
    }
    for t in 16..<64 {
      let (x, y) = (w[t &- 15], w[t &- 2])
      let low = turned(x, 7) ^ turned(x, 18) ^ x >> 3
      let high = turned(y, 17) ^ turned(y, 19) ^ y >> 10
      w[t] = w[t &- 16] &+ low &+ w[t &- 7] &+ high
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    let constants = roundConstants.span
    for t in 0..<64 {
      let mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      let first = h &+ mixed &+ (e & f ^ ~e & g) &+ constants[t] &+ w[t]
      let sum = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
      let second = sum &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    let after = [a, b, c, d, e, f, g, h]
    for i in state.indices { state[i] &+= after[i] }
  }
}

@inline(__always)
private func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
  word >> bits | word << (32 &- bits)
}

/// The fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
