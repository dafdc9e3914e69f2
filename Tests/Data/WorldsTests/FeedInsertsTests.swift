import Foundation
import RandomStreams
import Sessions
import Testing
import Worlds

/// The mixed feed: advertisements, videos and streams between products.
@Suite struct FeedInsertsTests {
  private static let flags = ["is_ad", "is_video", "is_live"]

  private static func world(_ change: (inout FeedWorldConfiguration) -> Void = { _ in })
    -> FeedWorld
  {
    var c = FeedWorldConfiguration()
    c.users = 40
    c.items = 600
    c.candidates = 30
    c.listLength = 15
    c.inserts = 3
    change(&c)
    return FeedWorld(c)
  }

  private static func channel(_ candidate: Candidate) -> String? {
    flags.first { candidate.features[$0] != nil }
  }

  @Test(arguments: 0..<10) func aRequestHasInsertsOfEachChannelAndProducts(index: Int) {
    let candidates = Self.world().request(index * 17).candidates
    #expect(candidates.count == 30 && Set(candidates.map(\.id)).count == 30)
    for flag in Self.flags { #expect(candidates.count { Self.channel($0) == flag } == 3) }
    for candidate in candidates {
      let kind = candidate.features["kind"]
      switch Self.channel(candidate) {
      case "is_video": #expect(kind == .text("video"))
      case "is_live": #expect(kind == .text("live"))
      default: #expect(kind == .text("product"))
      }
    }
  }

  @Test(arguments: 0..<30) func loggedListsKeepTheGapAndTheFirstPlace(index: Int) {
    let session = Self.world { $0.insertRate = 0.9 }.session(index)
    let channels = session.shown.map { Self.channel(session.request.candidates[$0]) }
    for flag in Self.flags {
      let places = channels.indices.filter { channels[$0] == flag }
      #expect(places.first ?? 1 >= 1)
      #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 4 })
    }
    #expect(channels.contains { $0 != nil })
  }

  @Test(arguments: 0..<10) func theLawOfTheLogSumsToOne(index: Int) {
    let world = Self.world()
    let request = world.request(index)
    let logging = world.logging(for: request)
    var stream = RandomStream(seed: 3, "inserts test", request: UInt64(index))
    let (list, _) = world.loggedList(for: request, using: &stream)
    for count in 0..<list.count {
      let chances = logging.chances(after: Array(list.prefix(count)))
      #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
      #expect(list.prefix(count).allSatisfy { chances[$0] == 0 } && chances.allSatisfy { $0 >= 0 })
      #expect(chances[list[count]] > 0)
    }
  }

  /// Two advertisements one below the other against the same two items as products.
  @Test func advertisementsAreDislikedAndTireUsers() throws {
    let world = Self.world {
      $0.shopRedundancy = 0
      $0.categoryRedundancy = 0
    }
    let request = world.request(5)
    let ads = request.candidates.indices.filter {
      Self.channel(request.candidates[$0]) == "is_ad"
    }
    var plain = request
    for ad in ads { plain.candidates[ad].features["is_ad"] = nil }
    func logits(_ request: Request) -> [Double] {
      world.truth(for: request).clickChances(of: [ads[0], ads[1]]).map { log($0 / (1 - $0)) }
    }
    let (asAds, asProducts) = (logits(request), logits(plain))
    #expect(abs(asProducts[0] - asAds[0] - 0.6) < 1e-9)
    #expect(abs(asProducts[1] - asAds[1] - 1.5) < 1e-9)
  }

  @Test func aFeedWithoutInsertsIsTheOneOfBefore() {
    var c = FeedWorldConfiguration()
    c.users = 40
    c.items = 300
    var other = c
    other.insertRate = 0.9
    other.adAversion = 3
    #expect(FeedWorld(c).session(4) == FeedWorld(other).session(4))
  }
}
