import Foundation
import Testing
import Worlds

@Suite struct LatentWorldConfigurationTests {
  @Test func absentKeysKeepTheirDefaultsAndAllKeysComeBack() throws {
    let text = #"{"seed":7,"list_length":6,"redundancy":1.5}"#
    let read = try JSONDecoder().decode(LatentWorldConfiguration.self, from: Data(text.utf8))
    var expected = LatentWorldConfiguration()
    (expected.seed, expected.listLength, expected.redundancy) = (7, 6, 1.5)
    #expect(read == expected)
    let written = try JSONEncoder().encode(expected)
    #expect(try JSONDecoder().decode(LatentWorldConfiguration.self, from: written) == expected)
    let keys = try #require(JSONSerialization.jsonObject(with: written) as? [String: Any]).keys
    #expect(keys.count == Mirror(reflecting: expected).children.count)
  }

  @Test func allFaultsComeAtOnceWithTheirKeys() {
    #expect(LatentWorldConfiguration().validate().isEmpty)
    var c = LatentWorldConfiguration()
    (c.users, c.items, c.dimensions, c.candidates) = (0, 8, 1, 6)
    (c.redundancy, c.leaveAfterClick, c.base) = (-1, 1.5, .nan)
    #expect(
      c.validate() == [
        "users: expected a whole number of at least 1, got 0",
        "items: expected at least twice the candidates (6), got 8",
        "dimensions: expected a whole number from 2 to 32, got 1",
        "candidates: expected at least list_length (8), got 6",
        "base: expected a finite number (log-odds), got nan",
        "redundancy: expected a number of at least 0 (log-odds), got -1.0",
        "leave_after_click: expected a number from 0 to 1, got 1.5",
      ])
  }
}
