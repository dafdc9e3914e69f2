import EventIngest
import JSON
import Sessions
import Testing
import Worlds

@Suite struct FeedVisitsTests {
  private static func world(_ change: (inout FeedWorldConfiguration) -> Void = { _ in })
    -> FeedWorld
  {
    var configuration = FeedWorldConfiguration()
    configuration.interestDrift = 2
    configuration.candidates = 20
    configuration.users = 50
    configuration.visitPages = 4
    change(&configuration)
    return FeedWorld(configuration)
  }

  @Test func pagesOfAVisitAreOneUsers() {
    let world = Self.world()
    let visit = (8..<12).map { world.session($0) }
    #expect(Set(visit.map(\.request.user.id)).count == 1)
    #expect(visit.map { $0.time - visit[0].time } == [0, 300, 600, 900])
    #expect(visit.map(\.request.history.isEmpty) == [true, false, false, false])
    #expect(visit[3].request.history.count { $0.type == Behaviour.exposure } == 30)
    #expect(visit.allSatisfy { $0.faults().isEmpty })
    #expect(world.session(9) == visit[1])
  }

  @Test func historyIsWhatIngestMakesOfTheEvents() throws {
    let world = Self.world { $0.users = 5000 }
    let sessions = (0..<80).map { world.session($0) }
    // Whoever comes twice has a longer past than one visit.
    let visits = Dictionary(grouping: sessions) { $0.request.user.id }
    let single = visits.filter { $0.value.count == 4 }.values.flatMap(\.self)
    #expect(single.count > 40)
    var joiner = EventJoiner(
      window: 3600, history: HistoryOptions(lengths: ["exposure": 50, "click": 50]))
    let place = EventLocation(path: "log", line: 1)
    var joined: [Session] = []
    for session in sessions {
      for line in world.eventLines(for: session) {
        let event = try LogEvent(json: JSONScanner.parse(line.utf8))
        joined += joiner.add(event, at: place)
      }
    }
    joined += joiner.finish()
    let histories = Dictionary(
      uniqueKeysWithValues: joined.map { ($0.request.id, $0.request.history) })
    for session in single { #expect(histories[session.request.id] == session.request.history) }
  }

  /// Of the items that a user clicked on the page before, more are like what they want now.
  @Test func whatWasDoneTellsWhatIsWanted() {
    let world = Self.world()
    let still = Self.world { $0.interestDrift = 0 }
    func appeals(_ world: FeedWorld, _ session: Session) -> [Double] {
      world.truth(for: session.request).appeal
    }
    var changes = 0.0
    for index in stride(from: 1, to: 40, by: 4) {
      let session = world.session(index)
      let (own, lasting) = (appeals(world, session), appeals(still, session))
      changes += zip(own, lasting).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(own.count)
    }
    #expect(changes / 10 > 0.5)
  }

  @Test func aRequestOfAnotherNameHasNoInterest() {
    let world = Self.world()
    var request = world.session(5).request
    let own = world.truth(for: request).appeal
    request.id = "other"
    let other = world.truth(for: request).appeal
    #expect(own != other)
    #expect(other == Self.world { $0.interestDrift = 0 }.truth(for: request).appeal)
  }

  @Test func withoutDriftNothingChanges() {
    let plain = FeedWorld(FeedWorldConfiguration())
    #expect((0..<20).allSatisfy { plain.session($0).request.history.isEmpty })
  }
}
