extension Safetensors {
  /// The tensors of a file, in the order of their scalars, and its metadata.
  ///
  /// F32, F16, BF16, F64, I32 and I64 are read, all as Float; NaN and infinities are kept. Throws
  /// `SafetensorsError` for bytes that break the format in any way; `file` names them in it.
  package static func decode(
    _ bytes: [UInt8], file: String
  ) throws(SafetensorsError) -> (tensors: [StoredTensor], metadata: [String: String]) {
    do throws(SafetensorsError.FormatError) {
      let start = try payloadStart(of: bytes)
      let header = try TensorHeader(bytes[prefixLength..<start])
      let ordered = header.entries.sorted {
        ($0.begin, $0.end) < ($1.begin, $1.end)
          || (($0.begin, $0.end) == ($1.begin, $1.end) && precedesInBytes($0.name, $1.name))
      }
      let types = try checkedTypes(of: ordered, available: bytes.count - start)
      var tensors: [StoredTensor] = []
      for (entry, type) in zip(ordered, types) {
        tensors.append(try tensor(entry, of: type, in: bytes, payload: start))
      }
      return (tensors, header.metadata)
    } catch {
      throw SafetensorsError(file: file, fault: error)
    }
  }

  /// Where the scalars begin, once the header is known to be there.
  private static func payloadStart(of bytes: [UInt8]) throws(SafetensorsError.FormatError) -> Int {
    guard bytes.count >= prefixLength else {
      throw .truncated(expected: prefixLength, got: bytes.count)
    }
    let length = loadInteger(bytes, from: 0, width: prefixLength)
    guard length <= UInt64(longestHeader) else {
      throw .headerTooLong(length: length, limit: longestHeader)
    }
    let start = prefixLength + Int(length)
    guard start <= bytes.count else { throw .truncated(expected: start, got: bytes.count) }
    return start
  }

  /// Checks that the tensors cover all `available` bytes, each once; gives their types.
  private static func checkedTypes(
    of entries: [TensorHeader.Entry], available: Int
  ) throws(SafetensorsError.FormatError) -> [ElementType] {
    var previousEnd = 0
    var types: [ElementType] = []
    for entry in entries {
      let name = entry.name
      guard let type = ElementType(rawValue: entry.type) else {
        throw .unknownType(
          tensor: name, type: entry.type, known: ElementType.allCases.map(\.rawValue))
      }
      guard entry.begin <= entry.end, entry.end <= available else {
        throw .offsetsOutOfRange(
          tensor: name, begin: entry.begin, end: entry.end, available: available)
      }
      if entry.begin < previousEnd {
        throw .overlap(tensor: name, begin: entry.begin, previousEnd: previousEnd)
      }
      if entry.begin > previousEnd {
        throw .hole(tensor: name, begin: entry.begin, previousEnd: previousEnd)
      }
      guard byteCount(of: entry.shape, width: type.width) == entry.end - entry.begin else {
        throw .wrongByteCount(
          tensor: name, shape: entry.shape, type: entry.type, got: entry.end - entry.begin)
      }
      previousEnd = entry.end
      types.append(type)
    }
    guard previousEnd == available else {
      throw .trailingBytes(expected: previousEnd, got: available)
    }
    return types
  }

  /// nil when the product does not fit an Int.
  private static func byteCount(of shape: [Int], width: Int) -> Int? {
    var count = width
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      count = product
    }
    return count
  }

  private static func tensor(
    _ entry: TensorHeader.Entry, of type: ElementType, in bytes: [UInt8], payload: Int
  ) throws(SafetensorsError.FormatError) -> StoredTensor {
    let start = payload + entry.begin
    let count = (entry.end - entry.begin) / type.width
    if type == .f32 {
      let scalars = loadFloats(bytes, from: start, count: count)
      return StoredTensor(name: entry.name, shape: entry.shape, scalars: scalars)
    }
    var scalars = [Float](repeating: 0, count: count)
    for index in scalars.indices {
      let bits = loadInteger(bytes, from: start + type.width * index, width: type.width)
      guard let value = type.float(fromBits: bits) else {
        throw .unrepresentable(
          tensor: entry.name, index: index, value: type.text(ofBits: bits))
      }
      scalars[index] = value
    }
    return StoredTensor(name: entry.name, shape: entry.shape, scalars: scalars)
  }
}
