import Calibration
package import Sessions
import Statistics

extension FittedSchema {
  /// A request as numbers. Never fails: an unknown category is the out-of-vocabulary row, an
  /// absent or unusable value is missing.
  package func encode(_ raw: Request) -> EncodedRequest {
    let request = calibration.calibrated(raw)
    return EncodedRequest(
      item: itemEncoder.encode(request.candidates),
      user: userEncoder.encode([
        Candidate(id: request.user.id, features: request.user.features)
      ]),
      context: contextEncoder.encode([Candidate(id: "", features: request.context)]),
      columns: columns.map { $0.values(of: request.candidates) },
      history: encode(history: request.history))
  }

  /// What the user saw and did, sequence by sequence: the newest behaviours of each, the oldest first.
  package func encode(history: [Behaviour]) -> [EncodedHistory] {
    let history = calibration.calibrated(history)
    return historyEncoders.map { $0.encode(history, items: itemEncoder) }
  }

  /// One behaviour as the next row of a sequence; nil where the sequence does not hold its type.
  ///
  /// - Parameters:
  ///   - sequence: its place in `history`.
  ///   - before: the time of the behaviour before it in the sequence.
  package func encode(
    _ behaviour: Behaviour, asNextOf sequence: Int, after before: Double?
  ) -> EncodedHistory? {
    let encoder = historyEncoders[sequence]
    guard encoder.history.types.contains(behaviour.type) else { return nil }
    return encoder.encode(
      calibration.calibrated([behaviour]), after: before, items: itemEncoder)
  }

  /// A session as numbers; feedback that the session does not have is NaN.
  package func encode(_ session: Session) -> EncodedSession {
    let shown = session.shown.map(Int32.init)
    return EncodedSession(
      request: encode(session.request), shown: shown,
      feedback: feedback.map { kind in
        let known = session.feedback[kind] ?? []
        return shown.indices.map { $0 < known.count ? known[$0] : .nan }
      },
      userKey: FittedSchema.userKey(session.request.user.id), time: session.time)
  }

  /// The key under which `EncodedSession.userKey` files a user: equal in every process.
  package static func userKey(_ id: String) -> UInt64 { Fingerprint.of(id) }
}
