import EvaluatorModel
import Features
import Foundation
import ListPolicy
import Sessions
import Statistics

/// A logged list with what it was restricted to.
struct MaskedSession: Sendable {
  let session: Session
  let masks: DecodingConstraints

  /// Whether the list can have been written under its masks.
  var isPermitted: Bool {
    masks.permit(session.shown, candidates: session.request.candidates.count)
  }
}

/// Logged lists in the eyes of the policy.
extension OffPolicyEvaluation {
  func slate(
    _ logged: MaskedSession, kind: String, _ prepared: PreparedWeights, _ options: Options
  ) -> LoggedSlate {
    let session = logged.session
    let encoded = schema.encode(session)
    let batch = RequestBatch([encoded.request])
    let logs = policy.logProbabilities(
      of: [session.shown], batch, weights: prepared, constraints: logged.masks)[0]
    let predictions =
      options.doublyRobust && options.share == 1
      ? predictions(logged, kind: kind, batch: batch, prepared) : nil
    let rewards = session.feedback[kind] ?? []
    let slots = session.shown.indices.map { t in
      // The logarithm of a sure pick may round to just above 0.
      let own = min(exp(Double(logs[t])), 1)
      let logging = session.propensity.flatMap { t < $0.count ? Double($0[t]) : nil }
      let reward = t < rewards.count && !rewards[t].isNaN ? Double(rewards[t]) : 0
      return LoggedSlot(
        reward: reward, logging: logging,
        target: options.share * own + (1 - options.share) * (logging ?? 0),
        prediction: predictions?[t])
    }
    return LoggedSlate(cluster: encoded.userKey, slots: slots)
  }

  /// Per slot what the evaluators expect of the logged item below those above it, and of the
  /// policy's pick in its place.
  private func predictions(
    _ logged: MaskedSession, kind: String, batch: RequestBatch, _ prepared: PreparedWeights
  ) -> [LoggedSlot.Prediction] {
    let list = logged.session.shown
    let chances = policy.chances(
      along: list, batch, weights: prepared, constraints: logged.masks)
    return list.indices.map { t in
      let above = Array(list[..<t])
      let open = chances[t].indices.filter { chances[t][$0] > 0 || $0 == list[t] }
      let lists = open.map { above + [$0] }
      let expected = evaluators.predict(
        batch, ListBatch(requests: lists.map { _ in 0 }, lists: lists), feedback: [kind],
        pessimism: 0
      ).map { t < $0[0].count ? Double($0[0][t]) : 0 }  // Evaluators expect nothing further down.
      let place = open.firstIndex(of: list[t]) ?? 0
      return LoggedSlot.Prediction(
        logged: expected[place],
        expected: zip(open, expected).reduce(0) { $0 + Double(chances[t][$1.0]) * $1.1 })
    }
  }
}
