import ConfigurationFields
import EventLogs
import Foundation
import Testing

@Suite struct EventLogConfigurationTests {
  static func decoded(_ json: String) throws -> EventLogConfiguration {
    try JSONDecoder().decode(EventLogConfiguration.self, from: Data(json.utf8))
  }

  @Test func anEmptySectionHasTheDefaults() throws {
    let configuration = try Self.decoded("{}")
    #expect(configuration == EventLogConfiguration())
    #expect(configuration.faults().isEmpty)
    let given = try Self.decoded(
      #"{"folder": "events", "keep_megabytes": 128, "queue_megabytes": 1}"#)
    #expect(given.folder == "events" && given.keepMegabytes == 128 && given.queueMegabytes == 1)
    #expect(given.faults().isEmpty)
  }

  @Test func faultsNameTheirKeys() throws {
    let wrong = try Self.decoded(
      """
      {"folder": "", "rotate_megabytes": 0, "rotate_seconds": 0, "keep_megabytes": -1,
       "flush_milliseconds": 0, "queue_megabytes": 1e9}
      """)
    #expect(
      wrong.faults().map(\.key) == [
        "folder", "rotate_megabytes", "rotate_seconds", "keep_megabytes", "flush_milliseconds",
        "queue_megabytes",
      ])
  }
}
