package import Sessions
package import Tensors

extension Workers {
  /// `body` over contiguous parts of 0..<count, results joined in order.
  func pieces<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Range<Int>) -> [Result]
  ) -> [Result] {
    let size = 64
    return map((count + size - 1) / size) { piece in
      body(piece * size..<min(count, (piece + 1) * size))
    }.flatMap(\.self)
  }

  /// How `SessionSource.forEachChunk` may share out its work.
  package func sessions(
    _ count: Int, _ make: @Sendable (Range<Int>) -> [Result<Session, LineError>]
  ) -> [Result<Session, LineError>] {
    pieces(count, make)
  }
}
