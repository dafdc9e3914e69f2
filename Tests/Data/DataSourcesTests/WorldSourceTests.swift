import CandidateSelection
import DataSources
import Sessions
import Testing
import Worlds

@Suite struct WorldSourceTests {
  private let latent: LatentWorldConfiguration = {
    var c = LatentWorldConfiguration()
    (c.users, c.items) = (40, 300)
    return c
  }()

  private let feed: FeedWorldConfiguration = {
    var c = FeedWorldConfiguration()
    (c.users, c.items) = (40, 300)
    return c
  }()

  private func data(_ change: (inout DataConfiguration) -> Void) -> DataConfiguration {
    var data = DataConfiguration()
    data.simulate = 30
    change(&data)
    return data
  }

  @Test func candidatesAreCutAndWhatWasShownStays() throws {
    var feed = FeedWorldConfiguration()
    (feed.users, feed.items, feed.candidates) = (50, 400, 60)
    var select = SelectionConfiguration()
    (select.keep, select.by) = (15, "score")
    let whole = try SessionSource(data { ($0.feed, $0.simulate) = (feed, 30) })
    let cut = try SessionSource(data { ($0.feed, $0.simulate, $0.select) = (feed, 30, select) })
    let pairs = zip(
      try whole.sessions(of: .train), try cut.sessions(of: .train))
    for (session, narrow) in pairs {
      #expect(narrow.request.candidates.count == 15)
      #expect(
        narrow.shown.map { narrow.request.candidates[$0].id }
          == session.shown.map { session.request.candidates[$0].id })
      #expect(narrow.feedback == session.feedback)
      #expect(try #require(cut.world).knows(narrow.request))
    }
    #expect(try cut.sessions(of: .train).count > 10)
  }

  @Test func exactlyOneSourceIsGiven() {
    let one =
      "expected one of sessions (paths of session files), feed and latent (simulated worlds)"
    #expect(data { $0.latent = latent }.validate() == [])
    #expect(data { $0.feed = feed }.validate() == [])
    #expect(data { $0.sessions = ["s.jsonl"] }.validate() == [])
    #expect(data { _ in }.validate() == ["data: \(one), got none"])
    #expect(
      data { ($0.feed, $0.latent) = (feed, latent) }.validate()
        == ["data: \(one), got feed and latent"])
    #expect(
      data { ($0.sessions, $0.latent) = (["s.jsonl"], latent) }.validate()
        == ["data: \(one), got sessions and latent"])
  }

  @Test func aFaultOfAWorldNamesItsWholeKey() {
    let faults = data {
      $0.latent = latent
      $0.latent?.redundancy = -1
    }.validate()
    #expect(
      faults == [
        "data.latent.redundancy: expected a number of at least 0 (log-odds), got -1.0"
      ])
  }

  @Test func theSourceHandsOverTheSessionsOfItsWorld() throws {
    let source = try SessionSource(data { $0.latent = latent })
    #expect(source.world is LatentWorld)
    var sessions: [Session] = []
    try source.forEachChunk { sessions += $0.map(\.session) }
    let world = LatentWorld(latent)
    #expect(sessions == (0..<30).map { world.session($0) })
    #expect(try SessionSource(data { $0.feed = feed }).world is FeedWorld)
  }

  @Test func aWorldIsRecognisedByTheSessionsItMade() {
    let own = (0..<20).map { LatentWorld(latent).session($0) }
    let foreign = (0..<20).map { FeedWorld(feed).session($0) }
    let section = data { $0.latent = latent }
    #expect(section.world(knowing: own) is LatentWorld)
    #expect(section.world(knowing: own + foreign) == nil)
    #expect(data { $0.feed = feed }.world(knowing: own) == nil)
  }

  @Test func sessionFilesReplaceAnyWorld() {
    var section = data { $0.latent = latent }
    section.replaceSource(bySessions: ["s.jsonl"])
    #expect(section.sessions == ["s.jsonl"] && section.makeWorld() == nil)
    #expect(section.validate() == [])
  }
}
