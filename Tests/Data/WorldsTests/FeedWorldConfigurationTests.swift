import Foundation
import Testing
import Worlds

@Suite struct FeedWorldConfigurationTests {
  @Test func absentKeysKeepTheirDefaultsAndAllKeysComeBack() throws {
    let text = #"{"seed":7,"list_length":6,"vary_candidates":true,"exploration":0.4}"#
    let read = try JSONDecoder().decode(FeedWorldConfiguration.self, from: Data(text.utf8))
    var expected = FeedWorldConfiguration()
    (expected.seed, expected.listLength, expected.varyCandidates) = (7, 6, true)
    expected.exploration = 0.4
    #expect(read == expected)
    // Keys of visits and of leaving are written where there are any.
    (expected.interestDrift, expected.interestMemory) = (1, 0.5)
    (expected.visitPages, expected.pageSeconds) = (3, 60)
    (expected.survival, expected.stall) = (true, 0.2)
    (expected.leaveAfterSkip, expected.leaveAfterClick) = (0.3, 0.1)
    // Likewise those of a mixed feed and of a second upstream model.
    (expected.inserts, expected.insertRate, expected.insertGap) = (2, 0.5, 5)
    (expected.insertFirst, expected.insertFatigue, expected.adAversion) = (3, 0.1, 0.2)
    expected.upstream = UpstreamConfiguration()
    let written = try JSONEncoder().encode(expected)
    #expect(try JSONDecoder().decode(FeedWorldConfiguration.self, from: written) == expected)
    let keys = try #require(JSONSerialization.jsonObject(with: written) as? [String: Any]).keys
    #expect(keys.allSatisfy { $0 == $0.lowercased() })
    #expect(keys.count == Mirror(reflecting: expected).children.count)
  }

  @Test func allFaultsComeAtOnceWithTheirKeys() {
    #expect(FeedWorldConfiguration().validate().isEmpty)
    var c = FeedWorldConfiguration()
    (c.users, c.shops, c.items, c.exploration, c.base) = (0, 5, 60, 1.5, .nan)
    #expect(
      c.validate() == [
        "users: expected a whole number of at least 1, got 0",
        "items: expected at least twice the most candidates (50), got 60",
        "shops: expected at least one per category (20), got 5",
        "base: expected a finite number (log-odds), got nan",
        "exploration: expected a number from 0 to 1, got 1.5",
      ])
  }
}
