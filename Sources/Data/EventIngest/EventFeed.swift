import Sessions

/// An event of a log and where it stands there.
typealias LocatedEvent = (event: JoinEvent<FeatureText>, location: EventLocation)

/// Where the joiner's events come from: logs that are in order as they are, or sorted first.
protocol EventFeed: ~Copyable {
  /// Lines taken so far, blank and faulty ones among them.
  var lines: Int { get }

  /// Whether so many clocks look wrong that it must be the order of the log that is.
  var distrustsOrder: Bool { get }

  /// The next event; lines that are none, and events with implausible times, go to `joiner` to be
  /// counted.
  mutating func next(
    skippingInto joiner: inout Joiner<FeatureText>
  ) throws(FileError) -> LocatedEvent?
}
