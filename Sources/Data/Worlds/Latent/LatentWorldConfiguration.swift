import ConfigurationFields

/// Everything that makes a `LatentWorld`. Weights are in log-odds of a click.
package struct LatentWorldConfiguration: Configurable {
  package var seed: UInt64 = 1

  // Who and what there is.
  package var users = 2000
  package var items = 4000
  package var dimensions = 8
  package var centres = 20
  package var centreSpread = 0.25
  package var shops = 60
  package var newShare = 0.15

  // What a request looks like.
  package var candidates = 40
  package var nearShare = 0.3
  package var listLength = 8

  // The law of clicks.
  package var base = -1.0
  package var preferenceWeight = 2.6
  package var qualityWeight = 0.8
  package var redundancy = 2.3
  package var priceContrast = 0.4

  // Leaving and buying.
  package var leaveAfterClick = 0.15
  package var leaveAfterSkip = 0.1
  package var buyBase = 0.2
  package var priceFit = 1.5

  // What can be observed.
  package var featureNoise = 0.1
  package var scoreNoise = 0.5
  package var newBias = 0.8

  // Logging.
  package var exploration = 0.35

  package init() {}
}
