/// 64 bits that depend on text and seed alone, on every machine and in every version.
///
/// FNV-1a over the eight bytes of the seed, lowest first, and the UTF-8 of the text; then
/// SplitMix64's finaliser, because the last letter of a short id hardly reaches the upper bits of
/// FNV-1a, and numbered users would fall into one part together.
package func stableHash(_ text: String, seed: UInt64 = 0) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for shift in stride(from: UInt64(0), to: 64, by: 8) {
    hash = (hash ^ (seed >> shift & 0xff)) &* 0x100_0000_01b3
  }
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
  hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
  return hash ^ (hash >> 31)
}
