package import ConfigurationFields

/// Where events are logged and how much of them is kept: section `serving.log`.
package struct EventLogConfiguration: Configurable, Hashable {
  package var folder = "logs"
  package var rotateMegabytes = 64.0
  package var rotateSeconds = 3600.0
  package var keepMegabytes = 4096.0
  package var flushMilliseconds = 200.0
  package var queueMegabytes = 16.0

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "folder", \.folder,
      "Folder of the log, which is made if it is missing and belongs to one process alone.", .filled
    ),
    .init(
      "rotate_megabytes", \.rotateMegabytes,
      "Size beyond which a file of the log ends and a new one begins; a megabyte is 10^6 bytes.",
      .within(0.001...1e6), unit: "megabytes"),
    .init(
      "rotate_seconds", \.rotateSeconds, "Age at which a file of the log ends.",
      .within(1...1e7), unit: "seconds"),
    .init(
      "keep_megabytes", \.keepMegabytes,
      "Most that all files of one kind take together, at least rotate_megabytes; the oldest are "
        + "deleted.", .within(0.001...1e9), unit: "megabytes"),
    .init(
      "flush_milliseconds", \.flushMilliseconds,
      "Longest time that a line waits before it is written.", .within(1...60_000),
      unit: "milliseconds"),
    .init(
      "queue_megabytes", \.queueMegabytes,
      "Lines that wait for a slow or broken disk; more are dropped and counted.",
      .within(0.001...4096), unit: "megabytes"),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard keepMegabytes > 0, keepMegabytes < rotateMegabytes else { return [] }
    return [
      ConfigurationFault(
        "keep_megabytes", expected: "at least rotate_megabytes", got: "\(keepMegabytes)")
    ]
  }

  var rotateBytes: Int { EventLogConfiguration.bytes(rotateMegabytes) }
  var keepBytes: Int { EventLogConfiguration.bytes(keepMegabytes) }
  var queueBytes: Int { EventLogConfiguration.bytes(queueMegabytes) }

  private static func bytes(_ megabytes: Double) -> Int {
    // Within what a configuration may say, so that no number of megabytes traps.
    Int(min(max(megabytes, 0), 1e9) * 1e6)
  }
}
