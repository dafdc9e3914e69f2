/// Writes JSON without making a tree first: compact, members in the order in which they are given,
/// the same bytes for the same values as `JSONValue.serialized()`.
///
/// Commas come by themselves: one is due unless the last byte opens an object or an array, ends a
/// key or ends a line. That keys are unique is up to the caller.
@usableFromInline
package struct JSONWriter: Sendable {
  /// What was written so far; what else a document needs, such as a line end, may be appended.
  @usableFromInline package var bytes: [UInt8] = []

  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  @inlinable
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    members(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  @inlinable
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "["))
    elements(&self)
    bytes.append(UInt8(ascii: "]"))
  }

  /// A key of an object; its value is to follow.
  @usableFromInline
  package mutating func key(_ name: String) {
    separate()
    JSONValue.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A key with its value.
  @inlinable
  package mutating func member(_ name: String, _ value: some JSONWritable) {
    key(name)
    value.write(to: &self)
  }

  /// An element of an array, or the document.
  @inlinable
  package mutating func write(_ value: some JSONWritable) {
    value.write(to: &self)
  }

  /// A value that is written already.
  @inlinable
  package mutating func write(json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  @inlinable
  mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\n"): return
    default: bytes.append(UInt8(ascii: ","))
    }
  }
}

extension JSONWriter {
  /// The bytes of one value.
  package static func bytes(
    capacity: Int = 0, _ write: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter(capacity: capacity)
    write(&writer)
    return writer.bytes
  }
}
