extension FeedWorldConfiguration {
  /// All faults at once, each with the key, what it is and what is expected; empty when sound.
  public func validate() -> [String] {
    var faults: [String] = []
    func expect(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ want: String)
    {
      if !holds { faults.append("\(key) is \(value); expected \(want)") }
    }
    expect(users >= 1, "users", users, "at least 1")
    expect(categories >= 1, "categories", categories, "at least 1")
    expect(shops >= categories, "shops", shops, "at least one per category (\(categories))")
    expect(listLength >= 1, "list_length", listLength, "at least 1")
    expect(candidates >= listLength, "candidates", candidates, "at least list_length")
    let most = mostCandidates
    expect(items >= 2 * most, "items", items, "at least twice the most candidates (\(most))")
    expect(sessionsPerDay >= 1, "sessions_per_day", sessionsPerDay, "at least 1")
    expect(
      startTime >= 0 && startTime < 1e11, "start_time", startTime,
      "seconds since 1970 in 0..<1e11")
    expect(
      lifetimeDays > 0 && lifetimeDays.isFinite, "lifetime_days", lifetimeDays, "a number above 0")
    expect(coldDays >= 0 && coldDays <= lifetimeDays, "cold_days", coldDays, "0...lifetime_days")
    let shares = [
      ("trigger_share", triggerShare), ("redundancy_decay", redundancyDecay),
      ("exploration", exploration), ("cold_share", coldShare), ("campaign_share", campaignShare),
    ]
    for (key, share) in shares { expect((0...1).contains(share), key, share, "a number in 0...1") }
    for (key, spread) in [("cold_spread", coldSpread), ("campaign_spread", campaignSpread)] {
      expect(spread >= 0 && spread < 1, key, spread, "a number in 0..<1")
    }
    for (key, size) in [("content_noise", contentNoise), ("score_noise", scoreNoise)] {
      expect(size >= 0 && size.isFinite, key, size, "a number >= 0")
    }
    let weights = [
      ("base", base), ("taste_weight", tasteWeight), ("quality_weight", qualityWeight),
      ("price_weight", priceWeight), ("position_bias", positionBias),
      ("shop_redundancy", shopRedundancy), ("category_redundancy", categoryRedundancy),
      ("contrast", contrast), ("kind_contrast", kindContrast), ("cold_bias", coldBias),
    ]
    for (key, weight) in weights { expect(weight.isFinite, key, weight, "a finite number") }
    return faults
  }

  /// Most candidates a request can have.
  var mostCandidates: Int { varyCandidates ? candidates + candidates / 2 : candidates }
}
