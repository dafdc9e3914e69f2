import ConfigurationFields
package import Sessions

/// A rule in a log, as `ListMasks` carries it.
extension ListRule {
  /// The rule by the keys of a configuration.
  package var record: FeatureMap {
    var record: FeatureMap = [:]
    record["group"] = group.map(FeatureValue.text)
    record["flag"] = flag.map(FeatureValue.text)
    record["at_most"] = atMost.map { .number(Double($0)) }
    record["window"] = window.map { .number(Double($0)) }
    record["maximum_share"] = maximumShare.map(FeatureValue.number)
    record["at_least"] = atLeast.map { .number(Double($0)) }
    return record
  }

  /// Nil for a record that is no sound rule: with a key or a value that no rule has.
  package init?(record: FeatureMap) {
    func text(_ key: String) -> String? {
      if case .text(let text) = record[key] { text } else { nil }
    }
    func number(_ key: String) -> Double? {
      if case .number(let number) = record[key] { number } else { nil }
    }
    self.init(
      group: text("group"), flag: text("flag"),
      atMost: number("at_most").flatMap(Int.init(exactly:)),
      window: number("window").flatMap(Int.init(exactly:)), maximumShare: number("maximum_share"),
      atLeast: number("at_least").flatMap(Int.init(exactly:)))
    guard self.record == record, faults().isEmpty else { return nil }
  }
}
