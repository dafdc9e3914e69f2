import ConfigurationFields

/// Everything that makes a `FeedWorld`. Weights are in log-odds of a click.
package struct FeedWorldConfiguration: Configurable {
  package var seed: UInt64 = 1

  // Who and what there is.
  package var users = 2000
  package var items = 4000
  package var shops = 120
  package var categories = 20

  // What a request looks like.
  package var candidates = 50
  package var varyCandidates = false
  package var coldShare = 0.1
  package var coldSpread = 0.0
  package var campaignShare = 0.0
  package var campaignSpread = 0.0
  package var listLength = 10
  package var triggerShare = 0.3

  // Time.
  package var startTime = 1_767_225_600.0
  package var sessionsPerDay = 5000
  package var lifetimeDays = 120.0
  package var coldDays = 7.0

  // Visits.
  package var interestDrift = 0.0
  package var interestMemory = 0.9
  package var visitPages = 5
  package var pageSeconds = 300.0

  // The law of clicks.
  package var base = -1.7
  package var tasteWeight = 0.65
  package var qualityWeight = 0.4
  package var priceWeight = 0.2
  package var positionBias = 0.22
  package var shopRedundancy = 1.4
  package var categoryRedundancy = 0.5
  package var redundancyDecay = 0.7
  package var contrast = 0.5
  package var kindContrast = 0.15

  // Whether users go on.
  package var survival = false
  package var leaveAfterSkip = 0.15
  package var leaveAfterClick = 0.05
  package var stall = 0.35

  // A mixed feed.
  package var inserts = 0
  package var insertRate = 0.35
  package var insertGap = 4
  package var insertFirst = 2
  package var insertFatigue = 0.9
  package var adAversion = 0.6

  // What can be observed.
  package var contentNoise = 0.3
  package var scoreNoise = 0.3
  package var coldBias = 1.0
  package var upstream: UpstreamConfiguration?

  // Logging.
  package var exploration = 0.15

  package init() {}
}
