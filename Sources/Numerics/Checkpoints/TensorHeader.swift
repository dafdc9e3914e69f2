import JSON

/// What a safetensors header says: each tensor's place, and the map of texts.
struct TensorHeader {
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  /// Reads the header's JSON, of which every key is seen; where tensors lie is not checked here.
  init(_ bytes: ArraySlice<UInt8>) throws(SafetensorsError.FormatError) {
    var names: Set<String> = []
    var repeated: String?
    var cursor = JSONCursor(bytes: Array(bytes))
    do throws(JSONError) {
      try cursor.members { cursor, name throws(JSONError) in
        guard names.insert(name).inserted else {
          repeated = name
          throw cursor.fault("another name")
        }
        if name == Safetensors.metadataKey {
          metadata = try Self.texts(&cursor)
        } else {
          entries.append(try Self.entry(named: name, &cursor))
        }
      }
      try cursor.end()
    } catch {
      if let repeated { throw .duplicateName(repeated) }
      throw .malformedHeader(
        position: error.offset, reason: "expected \(error.expected), got \(error.got)")
    }
  }

  private static func texts(_ cursor: inout JSONCursor) throws(JSONError) -> [String: String] {
    var texts: [String: String] = [:]
    try cursor.members { cursor, key throws(JSONError) in
      guard texts.updateValue(try cursor.string(), forKey: key) == nil else {
        throw cursor.fault("\(key) in the metadata once")
      }
    }
    return texts
  }

  private static func entry(
    named name: String, _ cursor: inout JSONCursor
  ) throws(JSONError) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try cursor.members { cursor, key throws(JSONError) in
      switch key {
      case "dtype" where type == nil: type = try cursor.string()
      case "shape" where shape == nil: shape = try wholeNumbers(&cursor)
      case "data_offsets" where offsets == nil: offsets = try wholeNumbers(&cursor)
      default:
        throw cursor.fault("tensor \(name) to have its known keys once, and not \(key) here")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw cursor.fault("tensor \(name) to have dtype, shape and two data_offsets")
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private static func wholeNumbers(_ cursor: inout JSONCursor) throws(JSONError) -> [Int] {
    try cursor.elements { cursor throws(JSONError) in try cursor.wholeNumber() }
  }
}
