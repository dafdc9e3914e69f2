import Hummingbird

/// Pages of other origins, and what OPTIONS asks.
extension RerankResponder {
  /// Methods of a path, and, for a page of another origin, whether its script may use them.
  func options(_ request: Request, _ visit: Visit) -> Reply {
    let methods = visit.route.methods.isEmpty ? ["GET", "HEAD", "POST"] : visit.route.methods
    let allowed = (methods + ["OPTIONS"]).joined(separator: ", ")
    var reply = Reply(
      status: 204, headers: [.allow: allowed, .cacheControl: "no-store"], bytes: [])
    let cors = service.pipeline.configuration.cors
    if let cors, let origin = request.headers[.origin], cors.admits(origin),
      request.headers[.accessControlRequestMethod] != nil
    {
      reply.headers[.accessControlAllowMethods] = methods.joined(separator: ", ")
      reply.headers[.accessControlAllowHeaders] =
        "Authorization, Content-Type, Content-Encoding, X-Request-Id, Inference-Header-Content-Length"
      reply.headers[.accessControlMaxAge] = "\(cors.maximumAgeSeconds)"
    }
    return reply
  }

  /// Lets scripts of admitted origins read the reply, refusals included.
  func share(_ reply: inout Reply, with request: Request) {
    guard let cors = service.pipeline.configuration.cors else { return }
    let isForAll = cors.origins.contains("*")
    if !isForAll { reply.vary(by: "Origin") }
    guard let origin = request.headers[.origin], cors.admits(origin) else { return }
    reply.headers[.accessControlAllowOrigin] = isForAll ? "*" : origin
    reply.headers[.accessControlExposeHeaders] =
      "X-Request-Id, Retry-After, Inference-Header-Content-Length"
  }
}

extension CrossOriginConfiguration {
  /// Origins are compared as browsers send them.
  fileprivate func admits(_ origin: String) -> Bool {
    origins.contains("*") || origins.contains { $0.lowercased() == origin.lowercased() }
  }
}
