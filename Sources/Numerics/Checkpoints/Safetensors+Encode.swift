extension Safetensors {
  /// The file that holds `tensors` as F32, in byte order of their names.
  ///
  /// Names must be distinct and not `__metadata__`. Empty `metadata` is left out.
  public static func encode(
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
    var entries: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { precedesInBytes($0.key, $1.key) }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\(quoted(metadataKey)):{\(texts.joined(separator: ","))}")
    }
    var start = 0
    for tensor in tensors {
      precondition(tensor.name != metadataKey, "a tensor cannot be named \(metadataKey)")
      precondition(
        tensor.shape.reduce(1, *) == tensor.scalars.count,
        "tensor \(tensor.name) of shape \(tensor.shape) holds \(tensor.scalars.count) scalars")
      let end = start + 4 * tensor.scalars.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(end)]}")
      start = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return header
  }

  /// `text` as a JSON string, escaped as the reference writer does: only what must be.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case ..<" ":
        result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
