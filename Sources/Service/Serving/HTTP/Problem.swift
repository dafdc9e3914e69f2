import JSON
import Sessions

/// A refusal in the form of RFC 9457, `application/problem+json`.
struct Problem: Sendable {
  enum Kind: String, Sendable {
    case malformedJSON = "malformed-json"
    case badHost = "bad-host"
    case badInference = "bad-inference"
    case invalidField = "invalid-field"
    case unsatisfiable = "unsatisfiable-request"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case unauthorized = "unauthorized"
    case forbidden = "forbidden"
    case conflict = "refused-by-the-service"
    case timeout = "body-too-slow"
    case tooManyWaiting = "too-many-waiting"
    /// Written for the log and the metrics: whoever asked is not there to read it.
    case clientLeft = "client-left"
    case unavailable = "unavailable"
    case internalFailure = "internal-failure"

    var status: Int {
      switch self {
      case .malformedJSON, .badHost, .badInference: 400
      case .unauthorized: 401
      case .forbidden: 403
      case .notFound: 404
      case .methodNotAllowed: 405
      case .timeout: 408
      case .conflict: 409
      case .bodyTooLarge: 413
      case .unsupportedMediaType: 415
      case .invalidField, .unsatisfiable: 422
      case .tooManyWaiting: 429
      case .clientLeft: 499
      case .internalFailure: 500
      case .unavailable: 503
      }
    }

    /// Seconds after which it is worth asking again; with 429 and 503.
    var retryAfter: Int? {
      switch self {
      case .tooManyWaiting, .unavailable: 1
      default: nil
      }
    }

    var title: String {
      switch self {
      case .malformedJSON: "The body is not valid JSON"
      case .badHost: "The header Host is missing or comes twice"
      case .badInference: "The inference request is not as the protocol wants it"
      case .invalidField: "A field is missing, unknown or of the wrong kind"
      case .unsatisfiable: "The request cannot be satisfied"
      case .bodyTooLarge: "The body is too large"
      case .unsupportedMediaType: "The body is not application/json"
      case .notFound: "There is nothing at this path"
      case .methodNotAllowed: "The path does not support this method"
      case .unauthorized: "A bearer key is needed"
      case .forbidden: "The key does not open this"
      case .conflict: "What was asked for was refused; nothing has changed"
      case .timeout: "The body took too long to come"
      case .tooManyWaiting: "Too many requests are waiting"
      case .clientLeft: "The client has left"
      case .unavailable: "The service cannot do this now"
      case .internalFailure: "The server failed"
      }
    }
  }

  /// Faults listed one by one at most; the count of a thousand equal ones helps nobody.
  static let maximumErrors = 20

  var kind: Kind
  var detail: String
  var faults: [RankError] = []
  var requestID: String?
  /// Of the input file, from 1.
  var line: Int?
  init(_ kind: Kind, detail: String) {
    self.kind = kind
    self.detail = detail
  }

  init(_ all: RankErrors) {
    faults = all.faults.prefix(Problem.maximumErrors).map(\.shortened)
    detail = faults.first?.sentence ?? "the request cannot be ranked"
    if all.faults.count > 1 { detail += " (and \(all.faults.count - 1) more)" }
    kind =
      switch all.faults.first?.kind {
      case .malformed: .malformedJSON
      case .field: .invalidField
      case .constraint, nil: .unsatisfiable
      }
  }

  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("type", .string("urn:fader:problem:\(kind.rawValue)")),
      ("title", .string(kind.title)),
      ("status", .number(Double(kind.status))),
      ("detail", .string(detail)),
    ]
    if let first = faults.first, first.kind != .malformed {
      members.append(("pointer", .string(first.pointer)))
    }
    if let offset = faults.first?.byteOffset {
      members.append(("byte_offset", .number(Double(offset))))
    }
    if !faults.isEmpty { members.append(("errors", .array(faults.map(Problem.json)))) }
    if let requestID { members.append(("request_id", .string(requestID))) }
    if let line { members.append(("line", .number(Double(line)))) }
    return .object(members)
  }

  private static func json(_ fault: RankError) -> JSONValue {
    ["pointer": .string(fault.pointer), "detail": .string(fault.sentence)]
  }
}
