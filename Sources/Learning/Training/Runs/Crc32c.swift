/// CRC-32C (Castagnoli), as TFRecord frames carry it. "123456789" gives 0xE3069283.
package func crc32c(_ bytes: [UInt8]) -> UInt32 {
  var check = UInt32.max
  for byte in bytes { check = table[Int(UInt8(truncatingIfNeeded: check) ^ byte)] ^ check >> 8 }
  return ~check
}

private let table: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { rest, _ in
    rest & 1 == 1 ? 0x82f6_3b78 ^ rest >> 1 : rest >> 1
  }
}
