import RandomStreams
import Sessions
import Testing
import Worlds

/// The proportions that make the world a test: an upstream score that is beaten by little, and
/// lists that are worth much more to those who know the hidden likeness.
@Suite struct LatentWorldBalanceTests {
  /// Mean true clicks over the first 120 requests.
  private struct Clicks {
    var random = 0.0
    var logged = 0.0
    var score = 0.0
    var pointwise = 0.0
    /// The best list of those who know all but the redundancy.
    var unaware = 0.0
    var best = 0.0
  }

  private static let clicks: Clicks = {
    let configuration = LatentWorldConfiguration()
    let world = LatentWorld(configuration)
    var blind = configuration
    blind.redundancy = 0
    let unaware = LatentWorld(blind)
    var sum = Clicks()
    for index in 0..<120 {
      let session = world.session(index)
      let request = session.request
      let search = ListSearch(truth: world.truth(for: request))
      let pointwise = search.pointwise(8)
      var stream = RandomStream(seed: 3, "balance", request: UInt64(index))
      let scores = request.candidates.map { $0.features["score"]?.number ?? .nan }
      let byScore = scores.indices.sorted { scores[$0] > scores[$1] }.prefix(8)
      sum.random += search.clicks(Array(stream.permutation(40).prefix(8))) / 120
      sum.logged += search.clicks(session.shown) / 120
      sum.score += search.clicks(Array(byScore)) / 120
      sum.pointwise += search.clicks(pointwise) / 120
      let without = ListSearch(truth: unaware.truth(for: request)).improved(pointwise)
      sum.unaware += search.clicks(without) / 120
      let found = [pointwise, session.shown].map { search.clicks(search.improved($0)) }
      sum.best += (found.max() ?? 0) / 120
    }
    return sum
  }()

  @Test func theLogIsBeatenLittleByTheScoreAndMuchByTheBestList() {
    let clicks = LatentWorldBalanceTests.clicks
    #expect((2.1...2.4).contains(clicks.logged), "\(clicks)")
    #expect((1.06...1.15).contains(clicks.score / clicks.logged), "\(clicks)")
    #expect((1.4...1.55).contains(clicks.best / clicks.logged), "\(clicks)")
    #expect(clicks.logged > 1.2 * clicks.random, "\(clicks)")
  }

  @Test func knowingTheRedundancyIsWorthAFifthToAThirdOfTheClicks() {
    let clicks = LatentWorldBalanceTests.clicks
    #expect((1.2...1.33).contains(clicks.best / clicks.unaware), "\(clicks)")
  }

  @Test func clicksAndPurchasesWantOtherLists() {
    let world = LatentWorld(LatentWorldConfiguration())
    var (clicks, buys) = (0.0, 0.0)
    for index in 0..<500 {
      let session = world.session(index)
      let truth = world.truth(for: session.request)
      for (chance, candidate) in zip(truth.clickChances(of: session.shown), session.shown) {
        clicks += chance
        buys += chance * truth.buyGivenClick[candidate]
      }
    }
    #expect((0.25...0.4).contains(buys / clicks), "\(buys / clicks)")
  }
}
