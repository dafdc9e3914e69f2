import BoostedModel
import EvaluatorModel
import Features
import Foundation
import Sessions
import Tensors
import Testing
import Worlds

@Suite struct BoostedListModelTests {
  private static let click = EvaluatorHead(feedback: "click", kind: .binary)

  private struct Fitted: Sendable {
    let model: BoostedListModel
    let held: [EncodedSession]
    let raw: [Session]
    let schema: FittedSchema
    let world: FeedWorld
    /// Clicks per slot of the fitted sessions.
    let rate: Double
  }

  /// Fitted to 2,500 sessions of a feed, with 500 of other users beside them.
  private static let fitted = Result { () throws -> Fitted in
    var configuration = FeedWorldConfiguration()
    configuration.users = 400
    configuration.shops = 12
    configuration.categories = 4
    let world = FeedWorld(configuration)
    let sessions = (0..<3000).map { world.session($0) }
    var fitter = SchemaFitter(SchemaConfiguration())
    for session in sessions { fitter.add(session) }
    let schema = try fitter.fit(columns: [], feedback: ["click"])
    // A fifth of the users is held back by the model itself; these are others.
    func isOther(_ session: Session) -> Bool {
      FittedSchema.userKey(session.request.user.id) % 7 == 3
    }
    let own = sessions.filter { !isOther($0) }.map { schema.encode($0) }
    let clicks = own.flatMap { $0.feedback[0] }
    let model = try #require(
      BoostedListModel(
        own, heads: [click], layout: schema.layout, seed: 1, workers: Workers(2)))
    let raw = sessions.filter(isOther)
    return Fitted(
      model: model, held: raw.map { schema.encode($0) }, raw: raw, schema: schema, world: world,
      rate: Double(clicks.reduce(0, +)) / Double(clicks.count))
  }

  private func logLoss(_ pairs: [(p: Double, label: Double)]) -> Double {
    pairs.reduce(0) { sum, pair in
      sum - pair.label * log(pair.p) - (1 - pair.label) * log(1 - pair.p)
    } / Double(pairs.count)
  }

  @Test func heldOutClicksOfAWorldAreBetterPredictedThanByTheirRate() throws {
    let fitted = try Self.fitted.get()
    let pairs = fitted.held.flatMap { session in
      zip(
        fitted.model.predict(session.request, [session.shown.map { Int($0) }])[0][0],
        session.feedback[0]
      ).map { (p: Double($0), label: Double($1)) }
    }
    let base = logLoss(pairs.map { (fitted.rate, $0.label) })
    #expect(logLoss(pairs) < 0.98 * base)
    #expect((fitted.model.trees.first ?? 0) > 5)
  }

  @Test func anItemBelowItsLikeIsPredictedLower() throws {
    let fitted = try Self.fitted.get()
    var (apart, below, count) = (0.0, 0.0, 0)
    for (session, encoded) in zip(fitted.raw, fitted.held) {
      let candidates = session.request.candidates
      let shown = session.shown
      guard let target = shown.first else { continue }
      func isLike(_ item: Int) -> Bool {
        item != target
          && candidates[item].features["shop"] == candidates[target].features["shop"]
      }
      let like = candidates.indices.filter(isLike).prefix(2)
      let unlike = candidates.indices.filter { $0 != target && !isLike($0) }.prefix(2)
      guard like.count == 2, unlike.count == 2 else { continue }
      let predicted = fitted.model.predict(
        encoded.request, [Array(unlike) + [target], Array(like) + [target]])
      apart += Double(predicted[0][0][2])
      below += Double(predicted[1][0][2])
      count += 1
    }
    #expect(count > 20 && below < 0.95 * apart, "\(below) and \(apart) of \(count)")
  }

  @Test func equalSeedsGiveEqualPredictions() throws {
    let fitted = try Self.fitted.get()
    let own = Array(fitted.held.prefix(300))
    func predictions(_ workers: Int) throws -> [[[Float]]] {
      let model = try #require(
        BoostedListModel(
          own, heads: [Self.click], layout: fitted.schema.layout, seed: 4,
          workers: Workers(workers)))
      return model.predict(own[0].request, [own[0].shown.map { Int($0) }])
    }
    #expect(try predictions(1) == predictions(3))
  }

  @Test func oneUserIsNotEnough() throws {
    let fitted = try Self.fitted.get()
    let one = fitted.held.filter { $0.userKey == fitted.held[0].userKey }
    #expect(
      BoostedListModel(
        one, heads: [Self.click], layout: fitted.schema.layout, seed: 1, workers: Workers(1))
        == nil)
  }
}
