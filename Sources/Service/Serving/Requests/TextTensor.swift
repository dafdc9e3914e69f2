import JSON
import Sessions

/// A tensor of texts as clients of the Open Inference Protocol send it: as JSON, flat or nested, or
/// as bytes, each text behind its length in 4 bytes, the lowest first.
struct TextTensor {
  /// Sizes of the axes, such as `[N]` or `[N, 1]`.
  var shape: [Int]
  /// In row-major order, as many as the product of the shape.
  var elements: [[UInt8]]

  /// - Parameters:
  ///   - input: an entry of `inputs`.
  ///   - bytes: what stands behind the JSON of the request.
  ///   - most: elements.
  init(
    _ input: JSONValue, bytes: ArraySlice<UInt8>, at place: String, most: Int
  ) throws(FieldError) {
    _ = try input.fields(at: place)
    try input.refuseUnknownKeys(["name", "datatype", "shape", "parameters", "data"], at: place)
    for (key, wanted) in [("name", "request"), ("datatype", "BYTES")] {
      let got = try input.required(key, at: place)
      guard got.string == wanted else {
        throw InferenceRequest.fault("\(place)/\(key)", "\"\(wanted)\"", got.summary)
      }
    }
    shape = try TextTensor.shape(input, at: place)
    if let size = input["parameters"]?.optional("binary_data_size") {
      guard size.number == Double(bytes.count), input.optional("data") == nil else {
        throw InferenceRequest.fault(
          "\(place)/parameters/binary_data_size",
          "\(bytes.count), the bytes behind the JSON, and no data", size.summary)
      }
      elements = try TextTensor.elements(bytes, at: place)
    } else {
      elements = []
      let data = try input.required("data", at: place)
      try TextTensor.collect(data, at: "\(place)/data", into: &elements)
    }
    guard (1...most).contains(elements.count) else {
      throw InferenceRequest.fault("\(place)/data", "1 to \(most) texts", "\(elements.count)")
    }
    let product = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard product == elements.count else {
      throw InferenceRequest.fault(
        "\(place)/shape", "sizes whose product is the number of texts, \(elements.count)",
        "\(shape)")
    }
  }

  /// The texts as bytes behind JSON.
  static func bytes(_ texts: [[UInt8]]) -> [UInt8] {
    texts.reduce(into: []) { bytes, text in
      let length = UInt32(text.count)
      for shift: UInt32 in [0, 8, 16, 24] {
        bytes.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      bytes += text
    }
  }

  private static func shape(_ input: JSONValue, at place: String) throws(FieldError) -> [Int] {
    let place = "\(place)/shape"
    var shape: [Int] = []
    for (axis, value) in try input.required("shape", at: "").values(at: place).enumerated() {
      guard let size = value.number, size >= 0, size <= 1e6, size == size.rounded() else {
        throw InferenceRequest.fault("\(place)/\(axis)", "a whole number from 0", value.summary)
      }
      shape.append(Int(size))
    }
    return shape
  }

  private static func elements(
    _ bytes: ArraySlice<UInt8>, at place: String
  ) throws(FieldError) -> [[UInt8]] {
    var elements: [[UInt8]] = []
    var rest = bytes
    while !rest.isEmpty {
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 4, length <= rest.count - 4 else {
        throw InferenceRequest.fault(
          place, "texts behind their lengths in 4 bytes", "\(bytes.count) bytes that end within one"
        )
      }
      elements.append(Array(rest.dropFirst(4).prefix(length)))
      rest = rest.dropFirst(4 + length)
    }
    return elements
  }

  private static func collect(
    _ value: JSONValue, at pointer: String, into elements: inout [[UInt8]]
  ) throws(FieldError) {
    if let text = value.string {
      elements.append(Array(text.utf8))
    } else if let values = value.array {
      for (index, value) in values.enumerated() {
        try collect(value, at: "\(pointer)/\(index)", into: &elements)
      }
    } else {
      throw InferenceRequest.fault(pointer, "a text, the JSON of a request", value.summary)
    }
  }
}
