/// A value as YAML: keys in the order of encoding, those of dictionaries sorted.
///
/// The same value always gives the same text. A number that is not finite throws.
package func yaml<T: Encodable>(_ value: T) throws -> String {
  let slot = NodeSlot()
  try NodeEncoder.write(value, into: slot, [])
  return slot.node().emitted()
}
