import JSON
import Sessions

/// The body of an inference: JSON, and behind it, where the client sends tensors as bytes, those.
struct InferenceRequest {
  var id: String?
  /// The elements of the one tensor, each a body of `POST /v1/rerank`.
  var requests: [[UInt8]] = []
  /// Of that tensor; the answer's has the same.
  var shape: [Int] = []
  /// Whether the answer's tensor is wanted as bytes behind its JSON.
  var wantsBytes = false

  /// - Parameters:
  ///   - headerLength: Inference-Header-Content-Length: where the JSON ends.
  ///   - model: the name by which the service knows its model.
  ///   - most: elements of a tensor.
  init(
    _ body: [UInt8], headerLength: String?, model: String, most: Int
  ) throws(FieldError) {
    var (text, rest) = (body[...], body[body.endIndex...])
    if let headerLength {
      guard let length = Int(headerLength), (1...max(body.count, 1)).contains(length) else {
        throw InferenceRequest.fault(
          "Inference-Header-Content-Length", "the length of the JSON, up to \(body.count)",
          headerLength)
      }
      (text, rest) = (body[..<length], body[length...])
    }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONScanner.parse(Array(text))
    } catch {
      throw FieldError(error)
    }
    _ = try json.fields(at: "")
    try json.refuseUnknownKeys(
      ["id", "model_name", "model_version", "parameters", "inputs", "outputs"], at: "")
    if let value = json.optional("id"), value.string != "" { id = try value.identifier(at: "/id") }
    if let name = json.optional("model_name"), name.string != "", name.string != model {
      throw InferenceRequest.fault("/model_name", "\"\(model)\" as in the path", name.summary)
    }
    let inputs = try json.required("inputs").values(at: "/inputs")
    guard inputs.count == 1, let input = inputs.first else {
      throw InferenceRequest.fault("/inputs", "one tensor, request", "\(inputs.count)")
    }
    let tensor = try TextTensor(input, bytes: rest, at: "/inputs/0", most: most)
    (requests, shape) = (tensor.elements, tensor.shape)
    wantsBytes = try InferenceRequest.flag("binary_data_output", of: json, at: "") ?? false
    for (index, output) in try (json.optional("outputs")?.values(at: "/outputs") ?? []).enumerated()
    {
      let place = "/outputs/\(index)"
      _ = try output.fields(at: place)
      try output.refuseUnknownKeys(["name", "parameters"], at: place)
      let name = try output.required("name", at: place)
      guard name.string == "response" else {
        throw InferenceRequest.fault("\(place)/name", "\"response\"", name.summary)
      }
      wantsBytes = try InferenceRequest.flag("binary_data", of: output, at: place) ?? wantsBytes
    }
  }

  /// A flag among the parameters of the request or of a tensor.
  private static func flag(
    _ name: String, of json: JSONValue, at place: String
  ) throws(FieldError) -> Bool? {
    guard let parameters = json.optional("parameters") else { return nil }
    _ = try parameters.fields(at: "\(place)/parameters")
    guard let value = parameters.optional(name) else { return nil }
    guard let flag = value.bool else {
      throw fault("\(place)/parameters/\(name)", "true or false", value.summary)
    }
    return flag
  }

  static func fault(_ pointer: String, _ expected: String, _ got: String) -> FieldError {
    FieldError(
      pointer: pointer, expected: expected, got: got,
      remedy: "see the model's metadata, GET /v2/models/NAME")
  }
}
