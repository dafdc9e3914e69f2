import Checkpoints
import RandomStreams
import Testing

@Suite struct SafetensorsFaultTests {
  @Test func everyTruncationIsRefused() {
    for count in PythonFiles.allF32.indices {
      #expect(fault(of: Array(PythonFiles.allF32[..<count])) != nil, "\(count) bytes")
    }
    #expect(fault(of: [1, 2]) == .truncated(expected: 8, got: 2))
  }

  @Test func aHeaderThatIsTooLongIsRefused() {
    let bytes: [UInt8] = [1, 0xe1, 0xf5, 0x05, 0, 0, 0, 0]
    #expect(fault(of: bytes) == .headerTooLong(length: 100_000_001, limit: 100_000_000))
    let all = [UInt8](repeating: 0xff, count: 8)
    #expect(fault(of: all) == .headerTooLong(length: .max, limit: 100_000_000))
  }

  @Test func misplacedTensorsAreRefused() {
    let first = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    func second(_ begin: Int, _ end: Int) -> String {
      #"{\#(first),"b":{"dtype":"F32","shape":[1],"data_offsets":[\#(begin),\#(end)]}}"#
    }
    #expect(fault(second(4, 8), payload: 8) == nil)
    #expect(fault(second(2, 6), payload: 8) == .overlap(tensor: "b", begin: 2, previousEnd: 4))
    #expect(fault(second(0, 4), payload: 4) == .overlap(tensor: "b", begin: 0, previousEnd: 4))
    #expect(fault(second(8, 12), payload: 12) == .hole(tensor: "b", begin: 8, previousEnd: 4))
    #expect(fault(second(4, 8), payload: 9) == .trailingBytes(expected: 8, got: 9))
    #expect(
      fault(second(4, 8), payload: 7)
        == .offsetsOutOfRange(tensor: "b", begin: 4, end: 8, available: 7))
    #expect(
      fault(second(8, 4), payload: 8)
        == .offsetsOutOfRange(tensor: "b", begin: 8, end: 4, available: 8))
    #expect(
      fault(second(4, 6), payload: 6)
        == .wrongByteCount(tensor: "b", shape: [1], type: "F32", got: 2))
  }

  @Test func shapesThatOverflowAreRefused() {
    for shape in ["[4611686018427387904,4]", "[9223372036854775807,0]", "[18446744073709551616]"] {
      let header = #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
      #expect(fault(header, payload: 0) != nil, "\(shape)")
    }
  }

  @Test func equalNamesAreRefused() {
    let entry = #"{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"#
    #expect(fault(#"{"a":\#(entry),"a":\#(entry)}"#, payload: 0) == .duplicateName("a"))
    #expect(fault(#"{"a":\#(entry),"\u0061":\#(entry)}"#, payload: 0) == .duplicateName("a"))
  }

  @Test func unknownTypesAreNamed() throws {
    let error = try #require(throws: SafetensorsError.self) {
      try Safetensors.decode(PythonFiles.unknownType, file: "model.safetensors")
    }
    #expect(
      "\(error)" == "model.safetensors: tensor u8 has type U8, expected one of "
        + "I8, F16, BF16, F32, I32, F64, I64; convert the tensor to F32 before writing it")
  }

  @Test(arguments: [
    "", "[]", "{", "{}}", "{\"a\":1}", "{\"__metadata__\":{\"a\":1}}", "{\"\\ud800\":{}}",
    "{\"\\ud800\\u0041\":{}}", "{\"\\uZZZZ\":{}}", "{\"\\x\":{}}", "{\"\n\":{}}",
    "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "{\"a\":{\"dtype\":\"F32\"}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[00],\"data_offsets\":[0,0]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0,0]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"shape\":[0],\"data_offsets\":[0,0]}}",
  ])
  func malformedHeadersAreRefused(header: String) {
    guard case .malformedHeader = fault(header, payload: 0) else {
      Issue.record("\(header) gave \(String(describing: fault(header, payload: 0)))")
      return
    }
  }

  @Test func escapesInNamesAreUnderstood() throws {
    let name = #"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"#
    let header = #"{"\#(name)":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#
    let read = try Safetensors.decode(file(header, payload: 0), file: "f")
    #expect(read.tensors.map(\.name) == ["\"\\/\u{8}\u{c}\n\r\té😀"])
  }

  @Test func noFlippedBitTraps() {
    for source in [PythonFiles.allF32, PythonFiles.everyType] {
      for bit in 0..<8 * source.count {
        var bytes = source
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        _ = fault(of: bytes)
      }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func noRandomDamageTraps(seed: UInt64) {
    var stream = RandomStream(seed: seed, "damage")
    let pieces = Array("{}[],:\"\\u0019aF32 \u{0}".utf8)
    for _ in 0..<500 {
      var bytes = PythonFiles.allF32
      for _ in 0...stream.below(6) {
        let place = 8 + stream.below(bytes.count - 8)
        switch stream.below(3) {
        case 0: bytes[place] = pieces[stream.below(pieces.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(truncatingIfNeeded: stream.next()), at: place)
        }
      }
      _ = fault(of: bytes)
    }
  }

  /// A file with the given header and as many zero bytes of scalars.
  private func file(_ header: String, payload: Int) -> [UInt8] {
    let count = header.utf8.count
    return [UInt8(count & 255), UInt8(count >> 8), 0, 0, 0, 0, 0, 0] + Array(header.utf8)
      + [UInt8](repeating: 0, count: payload)
  }

  private func fault(_ header: String, payload: Int) -> SafetensorsError.FormatError? {
    fault(of: file(header, payload: payload))
  }

  private func fault(of bytes: [UInt8]) -> SafetensorsError.FormatError? {
    do {
      _ = try Safetensors.decode(bytes, file: "f")
      return nil
    } catch {
      return error.fault
    }
  }
}
