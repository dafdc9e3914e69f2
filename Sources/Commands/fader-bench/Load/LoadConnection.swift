import NIOCore

/// One kept-open connection: a request out, its answer in, one at a time.
final class LoadConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  var onActive: (LoadConnection) -> Void = { _ in }
  var onAnswer: (LoadConnection, HTTPAnswer) -> Void = { _, _ in }
  var onClosed: (LoadConnection) -> Void = { _ in }
  /// The request under way: its number and when it was due.
  var number = 0
  var due = NIODeadline.distantPast
  private var context: ChannelHandlerContext?
  private var reader = HTTPAnswerReader()

  func send(_ bytes: [UInt8]) {
    guard let context else { return onClosed(self) }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    onActive(self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reader.append(unwrapInboundIn(data).readableBytesView)
    while let answer = reader.next() { onAnswer(self, answer) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    onClosed(self)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
