import Hummingbird

/// A request's connection, for what its answer alone cannot do.
struct VisitContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let connection: ClientConnection

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    connection = ClientConnection(source.channel)
  }
}
