import NIOCore
import Synchronization

/// What a request came over: one connection of HTTP/1, or one stream of HTTP/2.
final class ClientConnection: Sendable {
  /// A client that has closed only its own side may still read: so long it is answered as if
  /// nothing had happened, as many a script asks like that.
  private static let patience = Duration.milliseconds(250)

  private let channel: any Channel
  private let isGone = Atomic<Bool>(false)
  private let isAsking = Atomic<Bool>(false)

  init(_ channel: any Channel) { self.channel = channel }

  /// Whether it is a stream: its channel lies in the connection's, and that in the listening one.
  var isStream: Bool { channel.parent?.parent != nil }

  /// Tells a client that holds its body back to send it.
  func askForBody() {
    channel.triggerUserOutboundEvent(ConnectionRules.BodyWanted(), promise: nil)
  }

  /// Whether nobody waits for the answer any more, as far as that is known: a closed side is seen
  /// one call later.
  ///
  /// - Parameter arrival: when the request had come whole.
  func hasLeft(since arrival: ContinuousClock.Instant) -> Bool {
    if !channel.isActive || isGone.load(ordering: .relaxed) { return true }
    guard ContinuousClock.now - arrival > Self.patience,
      !isAsking.exchange(true, ordering: .relaxed)
    else { return false }
    channel.eventLoop.execute { [self] in
      let rules = try? channel.pipeline.syncOperations.handler(type: HTTP1Rules.self)
      if rules?.isInputClosed == true { isGone.store(true, ordering: .relaxed) }
      isAsking.store(false, ordering: .relaxed)
    }
    return false
  }
}
