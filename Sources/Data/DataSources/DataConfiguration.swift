package import CandidateSelection
package import ConfigurationFields
package import Sessions
package import Worlds

/// Where sessions come from; the `data` section of a configuration file.
package struct DataConfiguration: Configurable {
  package var sessions: [String] = []
  package var feed: FeedWorldConfiguration?
  package var latent: LatentWorldConfiguration?
  package var simulate = 20_000
  package var moments = 0
  package var split = SessionSplit.user()
  package var select: SelectionConfiguration?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "sessions", \.sessions,
      "Session files to train and judge with, JSON Lines, plain or .gz. Give either these or one "
        + "simulated world."),
    .init(
      "feed", \.feed,
      "A simulated world with known truth instead of files: a feed whose items spoil each other by "
        + "shop, category and kind, which features show."),
    .init(
      "latent", \.latent,
      "Another simulated world with known truth instead of files: a shop whose items spoil each "
        + "other by likeness in a hidden space, and whose readers leave."),
    .init(
      "simulate", \.simulate, "Sessions of the simulated world that are logged.", .atLeast(1),
      unit: "sessions"),
    .init(
      "moments", \.moments,
      "Later moments of each session that are trained on and validated with beside it: the user has "
        + "answered to the items above by then, as a phone sees it that decides again after every item.",
      .atLeast(0), writing: .ifChanged),
    .init(
      "split", \.split,
      "How sessions are divided into those to train on, to validate with and to test with. Exactly "
        + "one of time, user and files; a simulated world is split by user."),
    .init(
      "select", \.select,
      "Which candidates of a session are kept, where there are more than the re-ranker should see; a "
        + "service cuts as its serving.candidates says. Shown items are always kept, so that every "
        + "label has its item. By default all are kept."),
  ]

  /// Keys of the worlds that are given.
  private var worlds: [String] {
    (feed == nil ? [] : [FeedWorld.name]) + (latent == nil ? [] : [LatentWorld.name])
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    let sources = (sessions.isEmpty ? [] : ["sessions"]) + worlds
    if case .files = split {
      if !sources.isEmpty {
        faults.append(
          ConfigurationFault(
            "", expected: "the files of split alone",
            got: "\(sources.joined(separator: " and ")) as well", remedy: "remove them"))
      }
    } else if sources.count != 1 {
      faults.append(
        ConfigurationFault(
          "",
          expected: "one of sessions (paths of session files), feed and latent (simulated worlds)",
          got: sources.isEmpty ? "none" : sources.joined(separator: " and ")))
    }
    if !worlds.isEmpty, case .time = split {
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
  /// The simulated world of this section, made anew; nil for files.
  package func makeWorld() -> (any World)? {
    if let feed { return FeedWorld(feed) }
    if let latent { return LatentWorld(latent) }
    return nil
  }

  /// The simulated world of this section, if all the sessions can have come from it.
  package func world(knowing sessions: [Session]) -> (any World)? {
    guard let world = makeWorld() else { return nil }
    return sessions.allSatisfy { world.knows($0.request) } ? world : nil
  }

  /// Takes session files instead of what was there.
  package mutating func replaceSource(bySessions paths: [String]) {
    (sessions, feed, latent) = (paths, nil, nil)
  }
}
