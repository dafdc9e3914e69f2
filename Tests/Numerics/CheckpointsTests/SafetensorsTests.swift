import Checkpoints
import RandomStreams
import Testing

@Suite struct SafetensorsTests {
  private let awkward = "é\"\n\u{1}\u{7f}/\\"

  /// The tensors of `PythonFiles.allF32`, out of order.
  private var tensors: [StoredTensor] {
    [
      StoredTensor(
        name: "b/weight", shape: [2, 3], scalars: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]),
      StoredTensor(name: awkward, shape: [0, 4], scalars: []),
      StoredTensor(name: "a", shape: [], scalars: [3.25]),
      StoredTensor(name: "Z", shape: [3], scalars: [.nan, .infinity, -0.0]),
    ]
  }

  @Test func writesTheBytesThatPythonWrites() {
    #expect(Safetensors.encode(tensors, metadata: ["step": "500"]) == PythonFiles.allF32)
    let one = StoredTensor(name: "x", shape: [1], scalars: [2])
    #expect(Safetensors.encode([one]) == PythonFiles.oneTensor)
  }

  @Test func readsWhatPythonWrites() throws {
    let (read, metadata) = try Safetensors.decode(PythonFiles.allF32, file: "f")
    #expect(metadata == ["step": "500"])
    #expect(read.map(\.name) == ["Z", "a", "b/weight", awkward])
    #expect(read.map(\.shape) == [[3], [], [2, 3], [0, 4]])
    #expect(read[0].scalars.map(\.bitPattern) == [0x7fc0_0000, 0x7f80_0000, 0x8000_0000])
    #expect(read[1].scalars == [3.25])
    #expect(read[2].scalars == [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
  }

  @Test func everyReadableTypeBecomesFloat() throws {
    let (read, _) = try Safetensors.decode(PythonFiles.everyType, file: "f")
    let values = Dictionary(uniqueKeysWithValues: read.map { ($0.name, $0.scalars) })
    #expect(values["f32"] == [1.5, -2])
    #expect(values["f16"] == [1.5, 65504, 5.9604645e-08, -.infinity])
    #expect(values["bf16"] == [1.5, -3.0040553e+38])
    #expect(values["f64"] == [0.1, 0, -.infinity])
    #expect(values["i32"] == [7, -16_777_216])
    #expect(values["i64"] == [1_099_511_627_776, -3])
  }

  @Test func numbersThatFloatCannotHoldAreRefused() {
    #expect(
      fault(of: PythonFiles.oddInteger)
        == .unrepresentable(
          tensor: "i32", index: 1, value: "16777217"))
    #expect(
      fault(of: PythonFiles.hugeDouble)
        == .unrepresentable(
          tensor: "f64", index: 0, value: "1e+39"))
  }

  @Test(arguments: UInt64(0)..<8)
  func randomTensorsSurviveTheRoundTripBitForBit(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "round trip")
    var tensors: [StoredTensor] = []
    for index in 0..<stream.below(12) {
      let shape = (0..<stream.below(4)).map { _ in stream.below(6) }
      let scalars = (0..<shape.reduce(1, *)).map { _ in
        Float(bitPattern: UInt32(truncatingIfNeeded: stream.next()))
      }
      tensors.append(StoredTensor(name: "t\(index)", shape: shape, scalars: scalars))
    }
    let bytes = Safetensors.encode(tensors, metadata: ["seed": "\(seed)", "a": ""])
    let read = try Safetensors.decode(bytes, file: "f")
    #expect(read.metadata == ["seed": "\(seed)", "a": ""])
    #expect(Safetensors.encode(read.tensors, metadata: read.metadata) == bytes)
    #expect(Set(read.tensors.map(\.name)) == Set(tensors.map(\.name)))
    #expect(bytes == Safetensors.encode(tensors.reversed(), metadata: read.metadata))
    for tensor in read.tensors {
      let original = try #require(tensors.first { $0.name == tensor.name })
      #expect(original.scalars.map(\.bitPattern) == tensor.scalars.map(\.bitPattern))
    }
  }

  @Test func noTensorsAreAFileToo() throws {
    let bytes = Safetensors.encode([])
    #expect(bytes == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try Safetensors.decode(bytes, file: "f").tensors.isEmpty)
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
