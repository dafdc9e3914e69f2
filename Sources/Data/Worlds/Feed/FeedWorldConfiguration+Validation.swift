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
    let most = mostCandidates
    expect(items >= 2 * most, "items", "at least twice the most candidates (\(most))", items)
    expect(!(coldDays > lifetimeDays), "cold_days", "at most lifetime_days", coldDays)
    return faults
  }

  /// Most candidates a request can have.
  var mostCandidates: Int { varyCandidates ? candidates + candidates / 2 : candidates }
}
