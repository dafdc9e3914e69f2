import JSON

extension Safetensors {
  /// The file that holds `tensors` as F32, in byte order of their names.
  ///
  /// Names must be distinct and not `__metadata__`. Empty `metadata` is left out.
  package static func encode(
    _ tensors: [StoredTensor], metadata: [String: String] = [:]
  ) -> [UInt8] {
    precondition(
      Set(tensors.map(\.name)).count == tensors.count,
      "tensor names must be distinct: \(tensors.map(\.name))")
    let ordered = tensors.sorted { precedesInBytes($0.name, $1.name) }
    let header = header(of: ordered, metadata: metadata)
    let payload = ordered.reduce(0) { $0 + 4 * $1.scalars.count }
    var bytes = [UInt8](repeating: 0, count: prefixLength + header.count + payload)
    for index in 0..<prefixLength {
      bytes[index] = UInt8(truncatingIfNeeded: header.count >> (8 * index))
    }
    bytes.replaceSubrange(prefixLength..<prefixLength + header.count, with: header)
    var start = prefixLength + header.count
    for tensor in ordered {
      store(tensor.scalars, into: &bytes, at: start)
      start += 4 * tensor.scalars.count
    }
    return bytes
  }

  private static func header(
    of tensors: [StoredTensor], metadata: [String: String]
  ) -> [UInt8] {
    var header = JSONWriter.bytes { header in
      header.object { header in
        if !metadata.isEmpty { write(metadata, to: &header) }
        var start = 0
        for tensor in tensors { write(tensor, at: &start, to: &header) }
      }
    }
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return header
  }

  private static func write(_ metadata: [String: String], to header: inout JSONWriter) {
    header.key(metadataKey)
    header.object { header in
      for (key, text) in metadata.sorted(by: { precedesInBytes($0.key, $1.key) }) {
        header.member(key, text)
      }
    }
  }

  /// `start`: where the tensor's scalars begin, behind the header; moves behind them.
  private static func write(
    _ tensor: StoredTensor, at start: inout Int, to header: inout JSONWriter
  ) {
    precondition(tensor.name != metadataKey, "a tensor cannot be named \(metadataKey)")
    precondition(
      tensor.shape.reduce(1, *) == tensor.scalars.count,
      "tensor \(tensor.name) of shape \(tensor.shape) holds \(tensor.scalars.count) scalars")
    let end = start + 4 * tensor.scalars.count
    header.key(tensor.name)
    header.object { header in
      header.member("dtype", ElementType.f32.rawValue)
      header.member("shape", tensor.shape)
      header.member("data_offsets", [start, end])
    }
    start = end
  }
}
