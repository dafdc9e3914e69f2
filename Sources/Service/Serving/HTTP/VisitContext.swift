import Hummingbird
import NIOCore

/// A request's connection, for the rare answer after which it must not go on.
struct VisitContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// Closes the connection once the answer had time to leave, whatever is still coming in.
  func closeSoon() {
    _ = channel.eventLoop.scheduleTask(in: .seconds(1)) { [channel] in
      channel.close(mode: .all, promise: nil)
    }
  }
}
