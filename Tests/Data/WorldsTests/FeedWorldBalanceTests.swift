import Objectives
import RandomStreams
import Sessions
import Testing
import Worlds

/// The world is worth learning: the log is decent and beatable, and lists are more than items.
@Suite struct FeedWorldBalanceTests {
  /// Mean true clicks over the first 150 requests.
  private struct Clicks {
    var logged = 0.0
    var random = 0.0
    var pointwise = 0.0
    var best = 0.0
  }

  private static let clicks: Clicks = {
    let world = FeedWorld(FeedWorldConfiguration())
    var sum = Clicks()
    for index in 0..<150 {
      let session = world.session(index)
      let search = ListSearch(truth: world.truth(for: session.request))
      var stream = RandomStream(seed: 3, "balance", request: UInt64(index))
      let random = Array(stream.permutation(session.request.candidates.count).prefix(10))
      let pointwise = search.pointwise(10)
      sum.logged += search.clicks(session.shown) / 150
      sum.random += search.clicks(random) / 150
      sum.pointwise += search.clicks(pointwise) / 150
      let found = [pointwise, session.shown, random].map { search.clicks(search.improved($0)) }
      sum.best += (found.max() ?? 0) / 150
    }
    return sum
  }()

  @Test func thePointwiseRankerLosesClearlyToTheBestList() {
    let clicks = FeedWorldBalanceTests.clicks
    #expect(clicks.best > 1.08 * clicks.pointwise, "\(clicks)")
  }

  @Test func theLogIsDecentAndBeatable() {
    let clicks = FeedWorldBalanceTests.clicks
    #expect((2.5...3.5).contains(clicks.logged), "\(clicks)")
    #expect((0.78...0.87).contains(clicks.logged / clicks.best), "\(clicks)")
    #expect(clicks.logged > 1.2 * clicks.random, "\(clicks)")
  }

  @Test func likesAreAFifthToAThirdOfTheClicks() {
    let world = FeedWorld(FeedWorldConfiguration())
    var likes = 0.0
    var clicks = 0.0
    for index in 0..<500 {
      let session = world.session(index)
      let truth = world.truth(for: session.request)
      for (chance, candidate) in zip(truth.clickChances(of: session.shown), session.shown) {
        clicks += chance
        likes += chance * truth.likeGivenClick[candidate]
      }
    }
    #expect((0.2...0.33).contains(likes / clicks), "\(likes / clicks)")
  }

  @Test func theScoreRanksDecentlyButUnderratesColdItems() {
    let world = FeedWorld(FeedWorldConfiguration())
    // Appeal and score of cold and other candidates, and score against appeal overall.
    var means = [Bool: (score: Double, appeal: Double, count: Double)]()
    var products = (xy: 0.0, xx: 0.0, yy: 0.0)
    for index in 0..<300 {
      let request = world.request(index)
      let appeal = world.truth(for: request).appeal
      let average = appeal.reduce(0, +) / Double(appeal.count)
      for (candidate, own) in zip(request.candidates, appeal) {
        let score = (candidate.features["score"]?.number ?? .nan) - 0.5
        let cold = candidate.features["is_cold"] == .flag(true)
        let sum = means[cold] ?? (0, 0, 0)
        means[cold] = (sum.score + score, sum.appeal + own - average, sum.count + 1)
        products.xy += score * (own - average)
        products.xx += score * score
        products.yy += (own - average) * (own - average)
      }
    }
    let correlation = products.xy / (products.xx * products.yy).squareRoot()
    #expect((0.5...0.95).contains(correlation), "\(correlation)")
    guard let cold = means[true], let other = means[false] else {
      Issue.record("no cold candidates")
      return
    }
    let gap = other.score / other.count - cold.score / cold.count
    let trueGap = other.appeal / other.count - cold.appeal / cold.count
    // A true gap of one log-odd is worth at most a quarter in a score from a logistic curve.
    #expect(gap > 0.05 + 0.25 * max(trueGap, 0), "\(gap) against \(trueGap)")
    #expect(cold.count / (cold.count + other.count) > 0.08)
  }
}
