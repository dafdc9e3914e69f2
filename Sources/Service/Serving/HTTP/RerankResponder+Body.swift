import Hummingbird

extension RerankResponder {
  struct BodyError: Error {
    var problem: Problem

    init(_ kind: Problem.Kind, _ detail: String) {
      problem = Problem(kind, detail: detail)
    }
  }

  /// The body, once its declared type and length are acceptable.
  func body(of request: Request) async -> Result<[UInt8], BodyError> {
    let type = request.headers[.contentType]
    guard isJSON(contentType: type) else {
      return .failure(
        BodyError(
          .unsupportedMediaType,
          "expected Content-Type application/json, got \(type ?? "none"); set the header"))
    }
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      return .failure(
        BodyError(
          .unsupportedMediaType, "expected no Content-Encoding, got \(coding); send it plain"))
    }
    let limit = service.pipeline.configuration.maximumBodyBytes
    let tooLarge = BodyError(
      .bodyTooLarge, "expected at most \(limit) bytes; send fewer items or features")
    let declared = request.headers[.contentLength].flatMap(Int.init)
    // Refused before it is read: a client that waits for "100 Continue" never sends it.
    if let declared, declared > limit { return .failure(tooLarge) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(declared ?? 0)
    let seconds = service.pipeline.configuration.limits.bodySeconds
    let end = ContinuousClock.now + .seconds(seconds)
    do {
      for try await chunk in request.body {
        guard bytes.count + chunk.readableBytes <= limit else { return .failure(tooLarge) }
        bytes.append(contentsOf: chunk.readableBytesView)
        // A body that comes in drops holds a connection; silence is the idle timeout's.
        guard ContinuousClock.now < end else {
          return .failure(
            BodyError(.timeout, "expected the whole body within \(seconds) s; send it at once"))
        }
      }
    } catch {
      return .failure(BodyError(.malformedJSON, "the body ended early"))
    }
    return .success(bytes)
  }
}
