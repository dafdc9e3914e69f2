/// Absent keys keep their defaults, so that a file holds only what differs.
extension FeedWorldConfiguration {
  enum CodingKeys: String, CodingKey {
    case seed, users, items, shops, categories, candidates, base, contrast, exploration
    case varyCandidates = "vary_candidates"
    case coldShare = "cold_share"
    case coldSpread = "cold_spread"
    case campaignShare = "campaign_share"
    case campaignSpread = "campaign_spread"
    case listLength = "list_length"
    case triggerShare = "trigger_share"
    case startTime = "start_time"
    case sessionsPerDay = "sessions_per_day"
    case lifetimeDays = "lifetime_days"
    case coldDays = "cold_days"
    case tasteWeight = "taste_weight"
    case qualityWeight = "quality_weight"
    case priceWeight = "price_weight"
    case positionBias = "position_bias"
    case shopRedundancy = "shop_redundancy"
    case categoryRedundancy = "category_redundancy"
    case redundancyDecay = "redundancy_decay"
    case kindContrast = "kind_contrast"
    case contentNoise = "content_noise"
    case scoreNoise = "score_noise"
    case coldBias = "cold_bias"
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ value: inout T) throws {
      value = try container.decodeIfPresent(T.self, forKey: key) ?? value
    }
    try read(.seed, &seed)
    try read(.users, &users)
    try read(.items, &items)
    try read(.shops, &shops)
    try read(.categories, &categories)
    try read(.candidates, &candidates)
    try read(.varyCandidates, &varyCandidates)
    try read(.coldShare, &coldShare)
    try read(.coldSpread, &coldSpread)
    try read(.campaignShare, &campaignShare)
    try read(.campaignSpread, &campaignSpread)
    try read(.listLength, &listLength)
    try read(.triggerShare, &triggerShare)
    try read(.startTime, &startTime)
    try read(.sessionsPerDay, &sessionsPerDay)
    try read(.lifetimeDays, &lifetimeDays)
    try read(.coldDays, &coldDays)
    try read(.base, &base)
    try read(.tasteWeight, &tasteWeight)
    try read(.qualityWeight, &qualityWeight)
    try read(.priceWeight, &priceWeight)
    try read(.positionBias, &positionBias)
    try read(.shopRedundancy, &shopRedundancy)
    try read(.categoryRedundancy, &categoryRedundancy)
    try read(.redundancyDecay, &redundancyDecay)
    try read(.contrast, &contrast)
    try read(.kindContrast, &kindContrast)
    try read(.contentNoise, &contentNoise)
    try read(.scoreNoise, &scoreNoise)
    try read(.coldBias, &coldBias)
    try read(.exploration, &exploration)
  }
}
