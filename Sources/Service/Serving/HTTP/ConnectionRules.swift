import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Puts `HTTP1Rules` in place when it comes into the pipeline of a connection: the server lets
/// handlers in only behind where those have to stand.
///
/// In the pipeline of a stream of HTTP/2 there is no such place, and of the rules there is only
/// `100 Continue`, which it sends itself.
final class ConnectionRules: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// An outbound event: the body that a client holds back is wanted.
  struct BodyWanted {}

  private var isStream = false

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    guard let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
    else {
      isStream = true
      return
    }
    do {
      try pipeline.addHandler(HTTP1Rules(), position: .after(decoder))
    } catch {
      context.close(promise: nil)
    }
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard isStream, event is BodyWanted else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: promise)
  }
}
