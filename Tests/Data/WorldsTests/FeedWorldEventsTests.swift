import Foundation
import Sessions
import Testing
import Worlds

@Suite struct FeedWorldEventsTests {
  private let world = FeedWorld(FeedWorldConfiguration())

  private func objects(_ lines: [String]) throws -> [[String: Any]] {
    try lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test(arguments: 0..<5)
  func linesTellTheWholeSession(index: Int) throws {
    let session = world.session(index)
    let events = try objects(world.eventLines(for: session))
    #expect(events[0]["event"] as? String == "user")
    let ranking = events[1]
    #expect(ranking["id"] as? String == session.request.id)
    #expect(ranking["user"] as? String == session.request.user.id)
    let items = try #require(ranking["items"] as? [[String: Any]])
    #expect(items.compactMap { $0["id"] as? String } == session.request.candidates.map(\.id))
    for (item, candidate) in zip(items, session.request.candidates) {
      let fields = try #require(item["fields"] as? [String: Any])
      #expect(fields.count == candidate.features.count)
      #expect((fields["score"] as? NSNumber)?.doubleValue == candidate.features["score"]?.number)
      #expect(fields["shop"] as? String == candidate.features["shop"]?.categories.first)
    }
    let shown = items.enumerated().compactMap { index, item in
      (item["position"] as? Int).map { (index, $0) }
    }.sorted { $0.1 < $1.1 }
    #expect(shown.map(\.0) == session.shown && shown.map(\.1) == Array(1...10))

    for (slot, candidate) in session.shown.enumerated() {
      let id = session.request.candidates[candidate].id
      for kind in FeedWorld.feedback {
        let found = events.dropFirst(2).filter {
          $0["item"] as? String == id && $0["type"] as? String == kind
        }
        let value = session.feedback[kind]?[slot] ?? .nan
        #expect(found.count == (value > 0 ? 1 : 0))
        if kind == "dwell", let event = found.first {
          #expect((event["value"] as? NSNumber)?.floatValue == value)
        }
      }
    }
  }

  @Test func linesAreTheSameBytesEveryTimeAndInTheOrderOfTime() throws {
    let lines = world.eventLines(for: world.session(8))
    #expect(lines == FeedWorld(FeedWorldConfiguration()).eventLines(for: world.session(8)))
    let times = try objects(lines).compactMap { $0["timestamp"] as? String }
    #expect(times.count == lines.count && times == times.sorted())
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
      (1_750_932_501.845, "2025-06-26T10:08:21.845Z"),
      (4_107_542_399.9996, "2100-03-01T00:00:00.000Z"),
    ] as [(Double, String)])
  func timestampsAreUTC(seconds: Double, text: String) throws {
    var session = world.session(0)
    session.time = seconds
    #expect(try objects(world.eventLines(for: session))[1]["timestamp"] as? String == text)
  }

  @Test func textIsEscaped() throws {
    var session = world.session(0)
    session.request.context["note"] = .text("a \"b\" \\ \n\u{1} ü")
    session.request.context["many"] = .texts(["x", "y\t"])
    session.request.context["tiny"] = .number(1e-7)
    let fields = try objects(world.eventLines(for: session))[1]["fields"] as? [String: Any]
    #expect(fields?["note"] as? String == "a \"b\" \\ \n\u{1} ü")
    #expect(fields?["many"] as? [String] == ["x", "y\t"])
    #expect((fields?["tiny"] as? NSNumber)?.doubleValue == 1e-7)
  }
}
