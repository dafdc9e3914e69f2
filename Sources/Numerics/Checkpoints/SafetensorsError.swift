/// Why bytes are not a readable safetensors file.
package struct SafetensorsError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum FormatError: Error, Equatable, Sendable {
    /// The file ends before the header does.
    case truncated(expected: Int, got: Int)
    case headerTooLong(length: UInt64, limit: Int)
    /// The header is not the JSON that the format asks for; `position` counts header bytes.
    case malformedHeader(position: Int, reason: String)
    case duplicateName(String)
    case unknownType(tensor: String, type: String, known: [String])
    /// Offsets that run backwards or past the end of the file's scalars.
    case offsetsOutOfRange(tensor: String, begin: Int, end: Int, available: Int)
    /// Two tensors share bytes.
    case overlap(tensor: String, begin: Int, previousEnd: Int)
    /// Bytes before this tensor belong to none.
    case hole(tensor: String, begin: Int, previousEnd: Int)
    /// Shape and type ask for another number of bytes than the offsets give.
    case wrongByteCount(tensor: String, shape: [Int], type: String, got: Int)
    /// Bytes after the last tensor belong to none.
    case trailingBytes(expected: Int, got: Int)
    /// A number that a Float cannot hold.
    case unrepresentable(tensor: String, index: Int, value: String)
  }

  /// What was read, as the caller names it.
  package let file: String
  package let fault: FormatError

  package var description: String { "\(file): \(fault.wording); \(fault.remedy)" }
}

extension SafetensorsError.FormatError {
  var wording: String {
    switch self {
    case .truncated(let expected, let got):
      "truncated: expected at least \(expected) bytes, got \(got)"
    case .headerTooLong(let length, let limit):
      "the header claims \(length) bytes, at most \(limit) are allowed"
    case .malformedHeader(let position, let reason):
      "malformed header at byte \(position): \(reason)"
    case .duplicateName(let name):
      "two tensors are named \(name)"
    case .unknownType(let tensor, let type, let known):
      "tensor \(tensor) has type \(type), expected one of \(known.joined(separator: ", "))"
    case .offsetsOutOfRange(let tensor, let begin, let end, let available):
      "tensor \(tensor) lies at bytes \(begin)..<\(end), expected a range in 0..<\(available)"
    case .overlap(let tensor, let begin, let previousEnd):
      "tensor \(tensor) begins at \(begin), inside the one before it that ends at \(previousEnd)"
    case .hole(let tensor, let begin, let previousEnd):
      "tensor \(tensor) begins at \(begin), expected \(previousEnd): the bytes between are unused"
    case .wrongByteCount(let tensor, let shape, let type, let got):
      "tensor \(tensor) of shape \(shape) and type \(type) cannot take \(got) bytes"
    case .trailingBytes(let expected, let got):
      "expected \(expected) bytes of scalars, got \(got)"
    case .unrepresentable(let tensor, let index, let value):
      "tensor \(tensor) has \(value) at index \(index), which a 32-bit float cannot hold"
    }
  }

  var remedy: String {
    switch self {
    case .unknownType: "convert the tensor to F32 before writing it"
    case .unrepresentable: "store numbers that fit, or scale them first"
    case .duplicateName: "give each tensor its own name"
    default: "the file is damaged or not safetensors: fetch or write it again"
    }
  }
}
