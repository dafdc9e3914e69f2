package import ConfigurationFields
package import Sessions

/// Which candidates the re-ranker gets to see, where there are more than it should: section
/// `data.select` of training and `serving.candidates` of a service.
package struct SelectionConfiguration: Configurable, Hashable {
  package var keep = 50
  /// The order in which candidates come when nil.
  package var by: String?
  package var method = SelectionMethod.quotas
  package var quotas: [SelectionQuota] = []
  package var alike: [String] = []
  package var tradeOff = 0.7

  package init() {}

  /// Quotas of a minimum-cost flow: two families of caps can be met exactly in no time, three cannot.
  package static let mostQuotas = 2

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "keep", \.keep,
      "Candidates that are kept; a request with no more keeps them all. Never fewer than the list has "
        + "places, and shown, pinned and required items are always among them.",
      .within(1...10_000),
      unit: "items"),
    .init(
      "by", \.by,
      "Number of the items by which they are chosen, such as score; more is better, and an item without "
        + "it counts 0. By default the order in which they come, best first.", .filled),
    .init(
      "method", \.method,
      "quotas keeps the highest sum of scores under caps and floors, exactly; without quotas, and with "
        + "top, the highest scores. mmr, dpp and submodular weigh scores against likeness."),
    .init(
      "quotas", \.quotas,
      "Only with method quotas: caps and floors per value of a feature, for at most two features."),
    .init(
      "alike", \.alike,
      "Only with mmr, dpp and submodular, and needed there: features whose equal values make two items "
        + "alike."),
    .init(
      "trade_off", \.tradeOff,
      "Only with mmr, dpp and submodular: 1 looks at scores alone, 0 at likeness alone. Scores are "
        + "brought to 0 to 1 within each request.", .within(0...1)),
  ]

  /// Raw features that it reads, by the key below this section that names them.
  package var readings: [(key: String, column: CandidateColumn)] {
    var readings: [(key: String, column: CandidateColumn)] = []
    if let by { readings.append(("by", CandidateColumn(.number, of: by))) }
    for (place, quota) in quotas.enumerated() {
      readings.append(
        ("quotas.\(place).\(quota.group == nil ? "flag" : "group")", quota.column))
    }
    for (place, feature) in alike.enumerated() {
      readings.append(("alike.\(place)", CandidateColumn(.group, of: feature)))
    }
    return readings
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if quotas.count > Self.mostQuotas {
      faults.append(
        ConfigurationFault(
          "quotas", expected: "at most \(Self.mostQuotas) quotas", got: "\(quotas.count)",
          remedy: "no exact method for more is fast; keep the most important ones"))
    }
    for (place, quota) in quotas.enumerated()
    where quotas.prefix(place).contains(where: { $0.column == quota.column }) {
      faults.append(
        ConfigurationFault(
          "quotas.\(place)", expected: "another feature than the quota before",
          got: "'\(quota.column.feature)' again", remedy: "write its cap and floor into one quota"))
    }
    if method != .quotas, !quotas.isEmpty {
      faults.append(
        ConfigurationFault(
          "quotas", expected: "none with method \(method.rawValue)", got: "\(quotas.count)",
          remedy: "leave them out, or write method: quotas"))
    }
    if method.isDiverse == alike.isEmpty {
      faults.append(
        ConfigurationFault(
          "alike",
          expected: method.isDiverse
            ? "one feature or more, such as shop, with method \(method.rawValue)"
            : "none with method \(method.rawValue)",
          got: alike.isEmpty ? "none" : alike.joined(separator: ", ")))
    }
    if let empty = alike.firstIndex(of: "") {
      faults.append(
        ConfigurationFault("alike.\(empty)", expected: "the name of a feature", got: "''"))
    }
    return faults
  }
}
