/// What a safetensors header says: each tensor's place, and the map of texts.
struct TensorHeader {
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  var entries: [Entry] = []
  var metadata: [String: String] = [:]

  /// Reads the header's JSON; where tensors lie is not checked here.
  ///
  /// Throws `HeaderScanner.Failure`, or the fault `duplicateName`.
  init(_ bytes: ArraySlice<UInt8>) throws {
    var names: Set<String> = []
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    var scanner = HeaderScanner(bytes)
    guard bytes.first == UInt8(ascii: "{") else { throw scanner.failure("expected {") }
    try scanner.object { scanner, name in
      guard names.insert(name).inserted else {
        throw SafetensorsError.Fault.duplicateName(name)
      }
      if name == Safetensors.metadataKey {
        metadata = try Self.texts(&scanner)
      } else {
        entries.append(try Self.entry(named: name, &scanner))
      }
    }
    try scanner.end()
    self.entries = entries
    self.metadata = metadata
  }

  private static func texts(_ scanner: inout HeaderScanner) throws -> [String: String] {
    var texts: [String: String] = [:]
    try scanner.object { scanner, key in
      let text = try scanner.string()
      guard texts.updateValue(text, forKey: key) == nil else {
        throw scanner.failure("the metadata has \(key) twice")
      }
    }
    return texts
  }

  private static func entry(
    named name: String, _ scanner: inout HeaderScanner
  ) throws -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { scanner, key in
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default: throw scanner.failure("tensor \(name) has an unknown or repeated key \(key)")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw scanner.failure("tensor \(name) needs dtype, shape and two data_offsets")
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }
}
