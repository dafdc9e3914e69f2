import Hummingbird
import Sessions

extension RerankResponder {
  struct BodyError: Error {
    var problem: Problem

    init(_ kind: Problem.Kind, _ detail: String) {
      problem = Problem(kind, detail: detail)
    }
  }

  /// The body, unpacked, once its declared type and length are acceptable.
  ///
  /// - Parameter others: media types beside JSON.
  func body(
    of request: Request, _ visit: inout Visit, or others: [String] = []
  ) async -> Result<[UInt8], BodyError> {
    let type = request.headers[.contentType]
    guard isJSON(contentType: type) || type.map({ others.contains(mediaType($0)) }) ?? false else {
      return .failure(
        BodyError(
          .unsupportedMediaType,
          "expected Content-Type \((["application/json"] + others).joined(separator: " or ")), "
            + "got \(type ?? "none"); set the header"))
    }
    let coding = (request.headers[.contentEncoding] ?? "identity").lowercased()
    guard ["identity", "gzip", "x-gzip", "deflate"].contains(coding) else {
      return .failure(
        BodyError(
          .unsupportedMediaType,
          "expected no Content-Encoding, gzip or deflate, got \(coding); send it plain"))
    }
    let limit = service.pipeline.configuration.maximumBodyBytes
    // Refused before it is read: a client that waits for "100 Continue" never sends it.
    if let declared = request.headers[.contentLength].flatMap(Int.init), declared > limit {
      return .failure(tooLong(limit))
    }
    visit.isBodyWanted = true
    if request.isBodyHeldBack { visit.connection.askForBody() }
    return await received(request, limit: limit).flatMap { sent in
      guard coding != "identity" else { return .success(sent) }
      do throws(UnpackingError) {
        return .success(try unpacked(sent, most: limit))
      } catch {
        return .failure(
          error == .tooLong
            ? tooLong(limit)
            : BodyError(
              .malformedJSON,
              "expected a body of Content-Encoding \(coding), got \(error) data; pack it again"))
      }
    }.map(withoutByteOrderMark)
  }

  private func tooLong(_ limit: Int) -> BodyError {
    BodyError(.bodyTooLarge, "expected at most \(limit) bytes; send fewer items or features")
  }

  private func received(
    _ request: Request, limit: Int
  ) async -> Result<[UInt8], BodyError> {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(request.headers[.contentLength].flatMap(Int.init) ?? 0)
    let seconds = service.pipeline.configuration.limits.bodySeconds
    let end = ContinuousClock.now + .seconds(seconds)
    do {
      for try await chunk in request.body {
        guard bytes.count + chunk.readableBytes <= limit else { return .failure(tooLong(limit)) }
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

  /// Some editors and clients put the mark in front of JSON; it means nothing there.
  private func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }
}
