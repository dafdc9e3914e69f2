package import ConfigurationFields

extension FeedWorldConfiguration {
  /// All faults at once, each with the key, what it is and what is expected; empty when sound.
  package func validate() -> [String] { faults().map(\.description) }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    func expect(_ holds: Bool, _ key: String, _ expected: String, _ got: some Any) {
      if !holds { faults.append(ConfigurationFault(key, expected: expected, got: "\(got)")) }
    }
    expect(shops >= categories, "shops", "at least one per category (\(categories))", shops)
    expect(candidates >= listLength, "candidates", "at least list_length", candidates)
    expect(
      inserts == 0 || candidates >= listLength + mostInserts, "candidates",
      "at least list_length and three times inserts, so that a list without inserts can be written",
      candidates)
    expect(
      items >= 2 * mostCandidates, "items",
      "at least twice the most candidates (\(mostCandidates))",
      items)
    expect(!(coldDays > lifetimeDays), "cold_days", "at most lifetime_days", coldDays)
    return faults
  }

  /// Inserts of a request, over all channels.
  var mostInserts: Int { FeedChannel.allCases.count * inserts }

  /// Most candidates a request can have.
  var mostCandidates: Int { varyCandidates ? candidates + candidates / 2 : candidates }
}
