/// The scalar types that are read from a parameter file; `F32`, `F16` and `I8` are written.
enum ElementType: String, CaseIterable {
  case i8 = "I8"
  case f16 = "F16"
  case bf16 = "BF16"
  case f32 = "F32"
  case i32 = "I32"
  case f64 = "F64"
  case i64 = "I64"

  /// Bytes per scalar.
  var width: Int {
    switch self {
    case .i8: 1
    case .f16, .bf16: 2
    case .f32, .i32: 4
    case .f64, .i64: 8
    }
  }

  /// The stored bits as a Float; nil for a number that Float cannot hold.
  ///
  /// Whole numbers must be held exactly; F64 is rounded, but must not become infinite by it.
  func float(fromBits bits: UInt64) -> Float? {
    switch self {
    case .i8: return Float(Int8(truncatingIfNeeded: bits))
    case .f16: return Float(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
    case .bf16: return Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16)
    case .f32: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    case .i32: return Float(exactly: Int32(truncatingIfNeeded: bits))
    case .i64: return Float(exactly: Int64(bitPattern: bits))
    case .f64:
      let value = Double(bitPattern: bits)
      let rounded = Float(value)
      return rounded.isInfinite && value.isFinite ? nil : rounded
    }
  }

  /// The stored bits as text, for error messages.
  func text(ofBits bits: UInt64) -> String {
    switch self {
    case .f64: "\(Double(bitPattern: bits))"
    case .i8: "\(Int8(truncatingIfNeeded: bits))"
    case .i32: "\(Int32(truncatingIfNeeded: bits))"
    case .i64: "\(Int64(bitPattern: bits))"
    case .f16, .bf16, .f32: "\(float(fromBits: bits) ?? .nan)"
    }
  }
}
