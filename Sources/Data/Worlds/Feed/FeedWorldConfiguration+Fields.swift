package import ConfigurationFields

extension FeedWorldConfiguration {
  package static let fields: [ConfigurationField<Self>] = [
    .init("seed", \.seed, "Seed of the world: two worlds with equal keys are the same world."),
    .init("users", \.users, "Users, named u0, u1 and so on.", .atLeast(1)),
    .init(
      "items", \.items,
      "Items, named i0, i1 and so on; at least twice as many as a request can have candidates.",
      .atLeast(1)),
    .init(
      "shops", \.shops,
      "Shops, each at home in one category; a few of them hold most of its items. At least one "
        + "per category.", .atLeast(1)),
    .init(
      "categories", \.categories,
      "Categories of items, each with a topic of its own.", .atLeast(1)),
    .init(
      "candidates", \.candidates,
      "Candidates of a request; at least as many as the logged list has places.", .atLeast(1)),
    .init(
      "interest_drift", \.interestDrift,
      "How much a user is drawn to something for the moment, relative to their lasting taste. Above 0 "
        + "users look at several pages in one visit, and sessions have a history of the pages before.",
      .atLeast(0), writing: .ifChanged),
    .init(
      "interest_memory", \.interestMemory,
      "How much of that stays from one page to the next: 1 for all of it, 0 for nothing.",
      .within(0...1), writing: .ifChanged),
    .init(
      "visit_pages", \.visitPages, "Pages of a visit, each a session; only with interest_drift.",
      .atLeast(1), unit: "pages", writing: .ifChanged),
    .init(
      "page_seconds", \.pageSeconds, "Time from one page of a visit to the next.", .above(0),
      unit: "seconds", writing: .ifChanged),
    .init(
      "base", \.base,
      "How likely an average item on top of a list is clicked.", unit: "log-odds"),
    .init(
      "contrast", \.contrast,
      "Gain between two clearly weaker neighbours, and loss between two clearly better ones.",
      unit: "log-odds"),
    .init(
      "exploration", \.exploration,
      "Randomness of the logging policy: 0 always takes its best item, 1 takes any.",
      .within(0...1)),
    .init(
      "vary_candidates", \.varyCandidates,
      "Whether each request has between half and one and a half times as many candidates."),
    .init(
      "cold_share", \.coldShare,
      "Mean share of the candidates that are taken from the newest items.", .within(0...1)),
    .init(
      "cold_spread", \.coldSpread,
      "How unevenly new items are spread over requests: the standard deviation of a request's "
        + "share, relative to the largest that its mean allows.", .within(0..<1)),
    .init(
      "campaign_share", \.campaignShare,
      "Mean share of the candidates that come from one shop with a campaign.", .within(0...1)),
    .init(
      "campaign_spread", \.campaignSpread,
      "How unevenly campaigns are spread over requests, measured as cold_spread is.",
      .within(0..<1)),
    .init("list_length", \.listLength, "Places of the logged list.", .atLeast(1), unit: "items"),
    .init(
      "trigger_share", \.triggerShare,
      "Share of requests that come with an item that the user just opened elsewhere.",
      .within(0...1)),
    .init(
      "start_time", \.startTime,
      "Time of the first session, counted from 1970-01-01 UTC.",
      .within(0..<1e11), unit: "seconds"),
    .init(
      "sessions_per_day", \.sessionsPerDay,
      "Sessions of one day, evenly spaced.", .atLeast(1), unit: "sessions"),
    .init(
      "lifetime_days", \.lifetimeDays,
      "Time after which an item is launched anew and its age starts again from 0.",
      .above(0), unit: "days"),
    .init(
      "cold_days", \.coldDays,
      "Age below which an item is cold, up to lifetime_days.", .atLeast(0), unit: "days"),
    .init(
      "taste_weight", \.tasteWeight,
      "Weight of how an item's topic matches the user's taste, which is a standard normal over "
        + "all pairs.", unit: "log-odds"),
    .init(
      "quality_weight", \.qualityWeight,
      "Weight of an item's quality, which is a standard normal over all items.", unit: "log-odds"),
    .init(
      "price_weight", \.priceWeight,
      "Weight of how dear an item is for its category, times how sensitive to prices the user "
        + "is.", unit: "log-odds"),
    .init("position_bias", \.positionBias, "What place t costs, times log2(t).", unit: "log-odds"),
    .init(
      "shop_redundancy", \.shopRedundancy,
      "What an item of the same shop directly above costs.", unit: "log-odds"),
    .init(
      "category_redundancy", \.categoryRedundancy,
      "What an item of the same category but another shop directly above costs.", unit: "log-odds"),
    .init(
      "redundancy_decay", \.redundancyDecay,
      "What a repetition costs one place further up, relative to the place before.",
      .within(0...1)),
    .init(
      "kind_contrast", \.kindContrast,
      "Gain between two neighbours of other kinds, and loss between two of the same kind.",
      unit: "log-odds"),
    .init(
      "survival", \.survival,
      "Whether users look at one item after the other and leave on their way down. Feedback has_next then "
        + "says whether a user went on, what was not reached has none, and requests say how fast the "
        + "network is and how much of each item is loaded.", writing: .ifChanged),
    .init(
      "leave_after_skip", \.leaveAfterSkip,
      "Chance to leave behind an item that was not clicked; only with survival.", .within(0...1),
      writing: .ifChanged),
    .init(
      "leave_after_click", \.leaveAfterClick,
      "Chance to leave behind an item that was clicked; only with survival.", .within(0...1),
      writing: .ifChanged),
    .init(
      "stall", \.stall,
      "Chance to leave because an item stalls of which nothing is loaded on the slowest network; only "
        + "with survival.", .within(0...1), writing: .ifChanged),
    .init(
      "inserts", \.inserts,
      "Candidates of each of three channels that are put into a list of products: advertisements (is_ad), "
        + "videos (is_video) and streams (is_live). 0 for a feed in which kinds mix freely.",
      .atLeast(0), unit: "candidates per channel", writing: .ifChanged),
    .init(
      "insert_rate", \.insertRate,
      "Chance that the logging policy puts an insert into a place where one may stand; only with inserts.",
      .within(0...1), writing: .ifChanged),
    .init(
      "insert_gap", \.insertGap,
      "The logging policy puts at most one insert of a channel into so many successive places; only with "
        + "inserts.", .atLeast(1), unit: "places", writing: .ifChanged),
    .init(
      "insert_first", \.insertFirst,
      "First place, from 1, into which the logging policy puts an insert; only with inserts.",
      .atLeast(1), writing: .ifChanged),
    .init(
      "insert_fatigue", \.insertFatigue,
      "What an insert of the same channel directly above costs an insert; it falls with the distance by "
        + "redundancy_decay; only with inserts.", unit: "log-odds", writing: .ifChanged),
    .init(
      "ad_aversion", \.adAversion,
      "How much less an item is clicked when it is an advertisement; only with inserts.",
      unit: "log-odds", writing: .ifChanged),
    .init(
      "content_noise", \.contentNoise,
      "Standard deviation of the noise on observed tastes and topics, which are about 1 "
        + "themselves.", .atLeast(0)),
    .init(
      "score_noise", \.scoreNoise,
      "Standard deviation of the upstream score's error, in standard deviations of what it "
        + "estimates.", .atLeast(0)),
    .init(
      "cold_bias", \.coldBias,
      "How far the upstream score underrates cold items, in standard deviations of what it "
        + "estimates."),
    .init(
      "upstream", \.upstream,
      "A second upstream model, whose ctr_score is a chance of a click, and which may be retrained; "
        + "ctr_version names its version. By default there is none.", writing: .ifChanged),
  ]
}
