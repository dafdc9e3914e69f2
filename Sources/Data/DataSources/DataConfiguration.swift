package import ConfigurationFields
package import Sessions
package import Worlds

/// Where sessions come from; the `data` section of a configuration file.
package struct DataConfiguration: Configurable {
  package var sessions: [String] = []
  package var feed: FeedWorldConfiguration?
  package var simulate = 20_000
  package var split = SessionSplit.user()

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "sessions", \.sessions,
      "Session files to train and judge with, JSON Lines, plain or .gz. Give either these or feed."),
    .init("feed", \.feed, "A simulated world with known truth instead of files."),
    .init(
      "simulate", \.simulate, "Sessions of the simulated world that are logged.", .atLeast(1),
      unit: "sessions"),
    .init(
      "split", \.split,
      "How sessions are divided into those to train on, to validate with and to test with. Exactly "
        + "one of time, user and files; a simulated world is split by user."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if case .files = split {
      if feed != nil || !sessions.isEmpty {
        faults.append(
          ConfigurationFault(
            "", expected: "the files of split alone", got: "sessions or feed as well",
            remedy: "remove them"))
      }
    } else if (feed == nil) == sessions.isEmpty {
      faults.append(
        ConfigurationFault(
          "", expected: "either sessions (paths of session files) or feed (a simulated world)",
          got: feed == nil ? "neither" : "both"))
    }
    if feed != nil, case .time = split {
      faults.append(
        ConfigurationFault(
          "split", expected: "a split by user for a simulated world", got: "time"))
    }
    return faults
  }

  /// Every fault of the values; empty when there is none.
  package func validate() -> [String] { faults(at: "data").map(\.description) }
}

extension DataConfiguration {
  /// The simulated world of this section, if all the sessions can have come from it.
  package func world(knowing sessions: [Session]) -> FeedWorld? {
    guard let feed else { return nil }
    let world = FeedWorld(feed)
    return sessions.allSatisfy { world.knows($0.request) } ? world : nil
  }
}
