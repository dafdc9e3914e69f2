import Hummingbird
import JSON
import Sessions

/// An answer before it is sent.
struct Reply: Sendable {
  var status: Int
  var headers: HTTPFields
  var bytes: [UInt8]
  /// Whether the connection is of no more use: something is wrong with it, or too much is still to
  /// come that nobody will read.
  var isLast = false

  /// Shorter bodies are sent as they are: a network packet holds as much.
  private static let leastPacked = 1024

  var response: Response {
    Response(
      status: HTTPResponse.Status(code: status), headers: headers,
      body: bytes.isEmpty ? .init() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func json(_ status: Int, _ json: JSONValue) -> Reply {
    let bytes: [UInt8] = json.serialized()
    return Reply.bytes(status, bytes, type: "application/json")
  }

  static func problem(_ problem: Problem, requestID: String) -> Reply {
    var named = problem
    named.requestID = requestID
    return refusal(problem.kind, named.json, type: "application/problem+json")
  }

  /// A refusal as clients of the Open Inference Protocol read it.
  static func inferenceError(_ kind: Problem.Kind, _ detail: String) -> Reply {
    refusal(kind, ["error": .string(detail)], type: "application/json")
  }

  private static func refusal(_ kind: Problem.Kind, _ json: JSONValue, type: String) -> Reply {
    let bytes: [UInt8] = json.serialized()
    var reply = Reply.bytes(kind.status, bytes, type: type)
    if let seconds = kind.retryAfter { reply.headers[.retryAfter] = "\(seconds)" }
    if kind == .unauthorized { reply.headers[.wwwAuthenticate] = "Bearer" }
    // What is left of the body is not worth reading.
    reply.isLast = kind == .timeout || kind == .badHost
    return reply
  }

  static func bytes(_ status: Int, _ bytes: [UInt8], type: String) -> Reply {
    Reply(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"], bytes: bytes)
  }

  /// Packs a body of some length as the client's Accept-Encoding allows.
  mutating func pack(accepting header: String?) {
    guard bytes.count >= Reply.leastPacked else { return }
    vary(by: "Accept-Encoding")
    guard let format = PackedFormat(accepting: header) else { return }
    bytes = packed(bytes, as: format)
    headers[.contentEncoding] = format.rawValue
  }

  /// Tells caches that a header of the request changes the answer.
  mutating func vary(by name: String) {
    headers.append(HTTPFields.Element(name: .vary, value: name))
  }
}

extension PackedFormat {
  /// The first of ours that an Accept-Encoding names; nil for none of them, and without the header.
  init?(accepting header: String?) {
    let accepted = (header ?? "").lowercased().split(separator: ",").compactMap {
      entry -> String? in
      let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      let isRefused = parts.dropFirst().contains {
        $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0
      }
      return isRefused ? nil : parts.first
    }
    guard let format = Self.allCases.first(where: { accepted.contains($0.rawValue) }) else {
      return nil
    }
    self = format
  }
}
