import JSON

extension Safetensors {
  /// The file that holds `tensors` as F32, in byte order of their names.
  ///
  /// Names must be distinct and not `__metadata__`. Empty `metadata` is left out.
  package static func encode(
    _ tensors: [StoredTensor], metadata: [String: String] = [:]
  ) -> [UInt8] {
    encode(
      tensors.map { Content(name: $0.name, shape: $0.shape, type: .f32, bytes: bytes(of: $0)) },
      metadata: metadata)
  }

  /// The same with less exact scalars. A tensor of whole numbers (I8) has the factors of its rows in
  /// another of its name with `:factors` behind it; readers of this package put the two together.
  package static func encode(
    _ tensors: [StoredTensor], metadata: [String: String] = [:], precision: StoredPrecision
  ) -> [UInt8] {
    guard precision != .float32 else { return encode(tensors, metadata: metadata) }
    let contents = tensors.flatMap { tensor -> [Content] in
      guard precision.isWhole(tensor) else {
        return [
          Content(
            name: tensor.name, shape: tensor.shape, type: .f16,
            bytes: tensor.scalars.flatMap { scalar -> [UInt8] in
              let bits = Float16(scalar).bitPattern
              return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
            })
        ]
      }
      let rows = WholeRows(tensor)
      let factors = StoredTensor(
        name: tensor.name + StoredPrecision.factors, shape: [rows.factors.count],
        scalars: rows.factors)
      return [
        Content(
          name: tensor.name, shape: tensor.shape, type: .i8,
          bytes: rows.whole.map { UInt8(bitPattern: $0) }),
        Content(
          name: factors.name, shape: factors.shape, type: .f32, bytes: bytes(of: factors)),
      ]
    }
    return encode(contents, metadata: metadata)
  }

  /// A tensor as its bytes.
  private struct Content {
    let name: String
    let shape: [Int]
    let type: ElementType
    let bytes: [UInt8]
  }

  private static func bytes(of tensor: StoredTensor) -> [UInt8] {
    precondition(
      tensor.shape.reduce(1, *) == tensor.scalars.count,
      "tensor \(tensor.name) of shape \(tensor.shape) holds \(tensor.scalars.count) scalars")
    var bytes = [UInt8](repeating: 0, count: 4 * tensor.scalars.count)
    store(tensor.scalars, into: &bytes, at: 0)
    return bytes
  }

  private static func encode(_ contents: [Content], metadata: [String: String]) -> [UInt8] {
    precondition(
      Set(contents.map(\.name)).count == contents.count,
      "tensor names must be distinct: \(contents.map(\.name))")
    let ordered = contents.sorted { precedesInBytes($0.name, $1.name) }
    let header = header(of: ordered, metadata: metadata)
    var bytes = (0..<prefixLength).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    bytes.reserveCapacity(
      prefixLength + header.count + ordered.reduce(0) { $0 + $1.bytes.count })
    bytes += header
    for content in ordered { bytes += content.bytes }
    return bytes
  }

  private static func header(
    of contents: [Content], metadata: [String: String]
  ) -> [UInt8] {
    var header = JSONWriter.bytes { header in
      header.object { header in
        if !metadata.isEmpty { write(metadata, to: &header) }
        var start = 0
        for content in contents { write(content, at: &start, to: &header) }
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
    _ content: Content, at start: inout Int, to header: inout JSONWriter
  ) {
    precondition(content.name != metadataKey, "a tensor cannot be named \(metadataKey)")
    let end = start + content.bytes.count
    header.key(content.name)
    header.object { header in
      header.member("dtype", content.type.rawValue)
      header.member("shape", content.shape)
      header.member("data_offsets", [start, end])
    }
    start = end
  }
}
