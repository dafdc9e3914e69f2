import Hummingbird
import JSON
import Sessions

/// Makes responses.
enum Reply {
  static func json(_ status: Int, _ json: JSONValue) -> Response {
    let bytes: [UInt8] = json.serialized()
    return Reply.bytes(status, bytes, type: "application/json")
  }

  static func problem(_ problem: Problem, requestID: String) -> Response {
    var named = problem
    named.requestID = requestID
    let bytes: [UInt8] = named.json.serialized()
    var response = Reply.bytes(problem.kind.status, bytes, type: "application/problem+json")
    if let seconds = problem.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
    if problem.kind == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    // What is left of the body is not worth reading.
    if problem.kind == .timeout { response.headers[.connection] = "close" }
    return response
  }

  static func bytes(_ status: Int, _ bytes: [UInt8], type: String) -> Response {
    Response(
      status: HTTPResponse.Status(integerLiteral: status),
      headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
