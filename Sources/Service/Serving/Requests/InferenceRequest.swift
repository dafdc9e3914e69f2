import JSON
import Sessions

/// The body of an inference.
struct InferenceRequest {
  var id: String?
  var requests: [String] = []

  init(_ bytes: [UInt8], most: Int) throws(FieldError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONScanner.parse(bytes)
    } catch {
      throw FieldError(error)
    }
    _ = try json.fields(at: "")
    try json.refuseUnknownKeys(["id", "parameters", "inputs", "outputs"], at: "")
    id = try json.optional("id")?.identifier(at: "/id")
    let inputs = try json.required("inputs").values(at: "/inputs")
    guard inputs.count == 1, let input = inputs.first else {
      throw InferenceRequest.fault("/inputs", "one tensor, request", "\(inputs.count)")
    }
    let place = "/inputs/0"
    _ = try input.fields(at: place)
    try input.refuseUnknownKeys(["name", "datatype", "shape", "parameters", "data"], at: place)
    for (key, wanted) in [("name", "request"), ("datatype", "BYTES")] {
      let got = try input.required(key, at: place)
      guard got.string == wanted else {
        throw InferenceRequest.fault("\(place)/\(key)", "\"\(wanted)\"", got.summary)
      }
    }
    let data = try input.required("data", at: place).values(at: "\(place)/data")
    guard (1...most).contains(data.count) else {
      throw InferenceRequest.fault("\(place)/data", "1 to \(most) texts", "\(data.count)")
    }
    let shape = try input.required("shape", at: place).values(at: "\(place)/shape")
    guard shape.count == 1, shape.first?.number == Double(data.count) else {
      throw InferenceRequest.fault(
        "\(place)/shape", "[\(data.count)], the number of texts",
        JSONValue.array(shape).summary)
    }
    for (index, value) in data.enumerated() {
      guard let text = value.string else {
        throw InferenceRequest.fault(
          "\(place)/data/\(index)", "a text, the JSON of a request", value.summary)
      }
      requests.append(text)
    }
  }

  private static func fault(_ pointer: String, _ expected: String, _ got: String) -> FieldError {
    FieldError(pointer: pointer, expected: expected, got: got, remedy: "see GET /v2/models/fader")
  }
}
