/// Everything that makes a `FeedWorld`. Weights are in log-odds of a click.
public struct FeedWorldConfiguration: Codable, Sendable, Equatable {
  /// Two worlds with equal configurations are the same world.
  public var seed: UInt64 = 1

  // Who and what there is.
  /// Users, `u0`, `u1`...
  public var users = 2000
  /// Items, `i0`, `i1`...
  public var items = 4000
  /// Shops, each at home in one category; a few of them hold most of its items.
  public var shops = 120
  /// Categories, each with a topic of its own.
  public var categories = 20

  // What a request looks like.
  /// Candidates of a request, M.
  public var candidates = 50
  /// Draw M per request between half and one and a half times `candidates`.
  public var varyCandidates = false
  /// Mean share of the candidates that retrieval takes from the newest items.
  public var coldShare = 0.1
  /// How unevenly new items are spread over requests: the standard deviation of a request's share,
  /// relative to the largest that its mean allows; in 0..<1.
  public var coldSpread = 0.0
  /// Mean share of the candidates that come from one campaigning shop.
  public var campaignShare = 0.0
  /// How unevenly campaigns are spread over requests, as `coldSpread`.
  public var campaignSpread = 0.0
  /// Items of the logged list, N.
  public var listLength = 10
  /// Share of requests that come with a trigger item: one the user just opened elsewhere.
  public var triggerShare = 0.3

  // Time.
  /// Time of session 0, seconds since 1970-01-01 UTC.
  public var startTime = 1_767_225_600.0
  /// Sessions of one day, evenly spaced.
  public var sessionsPerDay = 5000
  /// Days after which an item is relaunched and its age starts again from 0.
  public var lifetimeDays = 120.0
  /// An item is cold below this age.
  public var coldDays = 7.0

  // The law of clicks.
  /// Log-odds of an average item on top of a list.
  public var base = -1.7
  /// Weight of how an item's topic matches the user's taste (a standard normal over all pairs).
  public var tasteWeight = 0.65
  /// Weight of an item's quality (a standard normal over all items).
  public var qualityWeight = 0.4
  /// Weight of how dear a product is for its category, times the user's price sensitivity.
  public var priceWeight = 0.2
  /// What slot t costs, times log2(t).
  public var positionBias = 0.22
  /// What an item of the same shop directly above costs.
  public var shopRedundancy = 1.4
  /// What an item of the same category but another shop directly above costs.
  public var categoryRedundancy = 0.5
  /// Redundancy one position further up, relative to the one before; in 0...1.
  public var redundancyDecay = 0.7
  /// Gain between two clearly weaker neighbours, loss between two clearly better ones.
  public var contrast = 0.5
  /// Gain between two neighbours of other kinds, loss between two of the own kind.
  public var kindContrast = 0.15

  // What can be observed.
  /// Standard deviation of the noise on observed tastes and topics (themselves about 1).
  public var contentNoise = 0.3
  /// Standard deviation of the upstream score's error, in standard deviations of what it estimates.
  public var scoreNoise = 0.3
  /// How far the upstream score underrates cold items, in the same unit.
  public var coldBias = 1.0

  // Logging.
  /// Randomness of the logging policy: 0 always takes its best item, 1 takes any.
  public var exploration = 0.15

  public init() {}
}
