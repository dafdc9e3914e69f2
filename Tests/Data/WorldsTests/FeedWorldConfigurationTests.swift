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
        "users is 0; expected at least 1",
        "shops is 5; expected at least one per category (20)",
        "items is 60; expected at least twice the most candidates (50)",
        "exploration is 1.5; expected a number in 0...1",
        "base is nan; expected a finite number",
      ])
  }
}
