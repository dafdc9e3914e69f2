import Sessions
import Worlds

/// Where sessions come from; the `data` section of a configuration file.
public struct DataConfiguration: Codable, Sendable, Equatable {
  /// Session files (JSON Lines, plain or .gz). Not with `feed`.
  public var sessions: [String] = []
  /// A simulated world instead of files.
  public var feed: FeedWorldConfiguration?
  /// How many sessions of the world are logged.
  public var simulate = 20_000
  /// How sessions are divided; a world and a log are split by user unless told otherwise.
  public var split = SessionSplit.user()

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case sessions, feed, simulate, split
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    sessions = try keys.decodeIfPresent([String].self, forKey: .sessions) ?? sessions
    feed = try keys.decodeIfPresent(FeedWorldConfiguration.self, forKey: .feed)
    simulate = try keys.decodeIfPresent(Int.self, forKey: .simulate) ?? simulate
    split = try keys.decodeIfPresent(SessionSplit.self, forKey: .split) ?? split
  }

  /// Every fault of the values; empty when there is none.
  public func validate() -> [String] {
    var faults = feed?.validate().map { "data.feed: \($0)" } ?? []
    faults += split.faults(at: "data.split").map(\.description)
    if case .files = split {
      if feed != nil || !sessions.isEmpty {
        faults.append(
          "data: expected the files of data.split alone, got sessions or feed as well; remove them")
      }
    } else if (feed == nil) == sessions.isEmpty {
      faults.append(
        "data: expected either sessions (paths of session files) or feed (a simulated world), got "
          + (feed == nil ? "neither" : "both"))
    }
    if feed != nil, case .time = split {
      faults.append("data.split: expected a split by user for a simulated world, got time")
    }
    if feed != nil, simulate < 1 {
      faults.append("data.simulate: expected at least 1 session, got \(simulate)")
    }
    return faults
  }
}

extension DataConfiguration {
  /// The simulated world of this section, if all the sessions can have come from it.
  public func world(knowing sessions: [Session]) -> FeedWorld? {
    guard let feed else { return nil }
    let world = FeedWorld(feed)
    return sessions.allSatisfy { world.knows($0.request) } ? world : nil
  }
}
