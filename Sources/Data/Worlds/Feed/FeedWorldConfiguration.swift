import ConfigurationFields

/// Everything that makes a `FeedWorld`. Weights are in log-odds of a click.
public struct FeedWorldConfiguration: Configurable {
  public var seed: UInt64 = 1

  // Who and what there is.
  public var users = 2000
  public var items = 4000
  public var shops = 120
  public var categories = 20

  // What a request looks like.
  public var candidates = 50
  public var varyCandidates = false
  public var coldShare = 0.1
  public var coldSpread = 0.0
  public var campaignShare = 0.0
  public var campaignSpread = 0.0
  public var listLength = 10
  public var triggerShare = 0.3

  // Time.
  public var startTime = 1_767_225_600.0
  public var sessionsPerDay = 5000
  public var lifetimeDays = 120.0
  public var coldDays = 7.0

  // The law of clicks.
  public var base = -1.7
  public var tasteWeight = 0.65
  public var qualityWeight = 0.4
  public var priceWeight = 0.2
  public var positionBias = 0.22
  public var shopRedundancy = 1.4
  public var categoryRedundancy = 0.5
  public var redundancyDecay = 0.7
  public var contrast = 0.5
  public var kindContrast = 0.15

  // What can be observed.
  public var contentNoise = 0.3
  public var scoreNoise = 0.3
  public var coldBias = 1.0

  // Logging.
  public var exploration = 0.15

  public init() {}
}
