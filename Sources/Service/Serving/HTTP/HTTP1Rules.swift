import NIOCore
import NIOHTTP1

/// What HTTP/1 asks of a server beyond its messages: `Host`, when a connection ends, and
/// `100 Continue`.
///
/// It stands where versions and headers are still those of the wire. What it finds wrong is left to
/// the responder, so that every request is answered, counted and logged in one place: a request
/// without exactly one `Host` goes on without any.
final class HTTP1Rules: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private struct Exchange {
    var isHTTP10: Bool
    /// Whether the connection ends with the answer.
    var isLast: Bool
  }

  /// Time for a client to read an answer that came before it had sent its whole request.
  private static let lingering = TimeAmount.seconds(1)

  /// Requests that are not answered yet, the first first.
  private var exchanges: [Exchange] = []
  /// Whether the body of the last of them is still coming.
  private var isReading = false
  /// Whether the client has closed its side.
  private(set) var isInputClosed = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(var head):
      isReading = true
      let isHTTP10 = head.version.major == 1 && head.version.minor == 0
      if isHTTP10, !head.headers.contains(name: "Host") {
        head.headers.add(name: "Host", value: "")
      }
      if head.headers["Host"].count != 1 { head.headers.remove(name: "Host") }
      // The server looks for this very word.
      if !head.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
      exchanges.append(Exchange(isHTTP10: isHTTP10, isLast: !head.isKeepAlive))
      context.fireChannelRead(wrapInboundOut(.head(head)))
    case .body: context.fireChannelRead(data)
    case .end:
      isReading = false
      context.fireChannelRead(data)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head) where head.status.code >= 200:
      if exchanges.isEmpty { exchanges.append(Exchange(isHTTP10: false, isLast: true)) }
      if head.headers[canonicalForm: "Connection"].contains(where: { $0.lowercased() == "close" }) {
        exchanges[0].isLast = true
      }
      if exchanges[0].isLast {
        head.headers.replaceOrAdd(name: "Connection", value: "close")
      } else if exchanges[0].isHTTP10 {
        head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end where exchanges.first?.isLast == true:
      end(context, data, promise)
    case .end:
      if !exchanges.isEmpty { exchanges.removeFirst() }
      context.write(data, promise: promise)
    default: context.write(data, promise: promise)
    }
  }

  /// Sends the end of the last answer, and ends the connection.
  private func end(
    _ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?
  ) {
    let isWhole = exchanges.count > 1 || !isReading
    exchanges.removeFirst()
    let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenComplete { _ in
      if isWhole { return context.close(promise: nil) }
      // Closed with bytes unread, the system would take the answer back.
      context.close(mode: .output, promise: nil)
      _ = context.eventLoop.assumeIsolated().scheduleTask(in: HTTP1Rules.lingering) {
        context.close(promise: nil)
      }
    }
    context.writeAndFlush(data, promise: sent)
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is ConnectionRules.BodyWanted else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    // Behind an answer that is still to come it would be taken for that answer's.
    guard exchanges.count == 1, exchanges[0].isHTTP10 == false, isReading else {
      promise?.succeed()
      return
    }
    let head = HTTPResponseHead(version: .http1_1, status: .continue)
    context.writeAndFlush(wrapOutboundOut(.head(head)), promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { isInputClosed = true }
    context.fireUserInboundEventTriggered(event)
  }
}
