/// What is written as one JSON value.
@usableFromInline
package protocol JSONWritable {
  func write(to writer: inout JSONWriter)
}

extension JSONValue: JSONWritable {
  @usableFromInline
  package func write(to writer: inout JSONWriter) {
    writer.separate()
    append(to: &writer.bytes)
  }
}

extension String: JSONWritable {
  @usableFromInline
  package func write(to writer: inout JSONWriter) {
    writer.separate()
    JSONValue.append(self, to: &writer.bytes)
  }
}

extension Double: JSONWritable {
  /// Not a finite number: `null`.
  @usableFromInline
  package func write(to writer: inout JSONWriter) {
    writer.separate()
    JSONValue.append(self, to: &writer.bytes)
  }
}

extension Float: JSONWritable {
  /// The Double with the fewest decimals that is this Float again.
  @usableFromInline
  package func write(to writer: inout JSONWriter) {
    writer.separate()
    JSONValue.append(self, to: &writer.bytes)
  }
}

extension Int: JSONWritable {
  @inlinable
  package func write(to writer: inout JSONWriter) {
    writer.separate()
    writer.bytes.append(contentsOf: String(self).utf8)
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  @usableFromInline
  package func write(to writer: inout JSONWriter) {
    writer.array { writer in
      for element in self { writer.write(element) }
    }
  }
}
