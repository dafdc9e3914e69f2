package import ConfigurationFields

extension LatentWorldConfiguration {
  package static let fields: [ConfigurationField<Self>] =
    population + requests + law + observation

  private static let population: [ConfigurationField<Self>] = [
    .init("seed", \.seed, "Seed of the world: two worlds with equal keys are the same world."),
    .init("users", \.users, "Users, named u0, u1 and so on.", .atLeast(1)),
    .init(
      "items", \.items,
      "Items, named i0, i1 and so on; at least twice as many as a request has candidates.",
      .atLeast(1)),
    .init(
      "dimensions", \.dimensions,
      "Numbers of the hidden vectors of users and items, and of the features that show them.",
      .within(2...32)),
    .init(
      "centres", \.centres,
      "Hidden centres; every item lies near one of them, so that items resemble each other.",
      .atLeast(1)),
    .init(
      "centre_spread", \.centreSpread,
      "How far items lie from their centre: the standard deviation in each hidden dimension, before "
        + "the vector is brought to length 1.", .atLeast(0)),
    .init(
      "shops", \.shops,
      "Shops. A quarter of the items come from the few shops of their centre and the others from "
        + "any, so an equal shop says little about likeness.", .atLeast(1)),
    .init("new_share", \.newShare, "Share of the items that are new.", .within(0...1)),
  ]

  private static let requests: [ConfigurationField<Self>] = [
    .init(
      "candidates", \.candidates,
      "Candidates of a request; at least as many as the logged list has places.", .atLeast(1)),
    .init(
      "near_share", \.nearShare,
      "Share of the candidates that a retrieval finds near the user's preference; the others are "
        + "random.", .within(0...1)),
    .init("list_length", \.listLength, "Places of the logged list.", .atLeast(1), unit: "items"),
  ]

  private static let law: [ConfigurationField<Self>] = [
    .init(
      "base", \.base, "How likely an average item on top of a list is clicked.", unit: "log-odds"),
    .init(
      "preference_weight", \.preferenceWeight,
      "Weight of the product of the user's hidden vector and the item's, both of length 1.",
      unit: "log-odds"),
    .init(
      "quality_weight", \.qualityWeight,
      "Weight of an item's quality, which is a standard normal over all items.", unit: "log-odds"),
    .init(
      "redundancy", \.redundancy,
      "What an item above costs that points in the same hidden direction; others cost the square of "
        + "the cosine, those at a right angle or beyond nothing.", .atLeast(0), unit: "log-odds"),
    .init(
      "price_contrast", \.priceContrast,
      "What an item loses that is dearer than its neighbour above, times the difference of the two "
        + "log prices.", unit: "log-odds"),
    .init(
      "leave_after_click", \.leaveAfterClick,
      "Chance that a user who clicked is satisfied and reads no further.", .within(0...1)),
    .init(
      "leave_after_skip", \.leaveAfterSkip,
      "Chance that a user who passed over an item is bored and leaves, times how unattractive the "
        + "item was: 1 minus its chance of a click.", .within(0...1)),
    .init(
      "buy_base", \.buyBase,
      "How likely a clicked item is bought whose price is just what the user likes to pay.",
      unit: "log-odds"),
    .init(
      "price_fit", \.priceFit,
      "What a price costs a purchase that is dearer or cheaper than the user likes, times the "
        + "difference of the logs.", unit: "log-odds"),
  ]

  private static let observation: [ConfigurationField<Self>] = [
    .init(
      "feature_noise", \.featureNoise,
      "Standard deviation of the noise on each number of the rotated hidden vectors; those have "
        + "length 1.", .atLeast(0)),
    .init(
      "score_noise", \.scoreNoise,
      "Standard deviation of the upstream score's error, in standard deviations of what it "
        + "estimates.", .atLeast(0)),
    .init(
      "new_bias", \.newBias,
      "How far the upstream score underrates new items, in standard deviations of what it "
        + "estimates."),
    .init(
      "exploration", \.exploration,
      "Randomness of the logging policy: 0 always takes its best item, 1 takes any.",
      .within(0...1)),
  ]

  /// All faults at once, each with the key, what it is and what is expected; empty when sound.
  package func validate() -> [String] { faults().map(\.description) }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if candidates < listLength {
      faults.append(
        ConfigurationFault(
          "candidates", expected: "at least list_length (\(listLength))", got: "\(candidates)"))
    }
    if items / 2 < candidates {
      faults.append(
        ConfigurationFault(
          "items", expected: "at least twice the candidates (\(candidates))", got: "\(items)"))
    }
    return faults
  }
}
