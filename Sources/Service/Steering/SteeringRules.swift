import Foundation
package import Sessions
import Statistics

/// The rules of a configuration, ready to decide.
package struct SteeringRules: Sendable {
  package let configuration: SteeringConfiguration
  private let zone: TimeZone
  private let hours: [HourSpan?]

  /// - Throws: everything that is wrong with it.
  package init(
    _ configuration: SteeringConfiguration, objectives: [String]? = nil,
    channels: [String]? = nil
  ) throws(SteeringErrors) {
    let faults = configuration.faults(objectives: objectives, channels: channels)
    guard faults.isEmpty else { throw SteeringErrors(faults) }
    self.configuration = configuration
    zone = TimeZone(identifier: configuration.timeZone) ?? .gmt
    hours = configuration.rules.map { $0.when?.hours.flatMap(HourSpan.init) }
  }

  /// Whether a decision looks at features.
  package var readsFeatures: Bool {
    configuration.rules.contains { $0.when?.user != nil || $0.when?.context != nil }
  }

  /// The first rule that matches, else the default.
  ///
  /// A split passes over users without an id, who could not be kept on one side.
  /// - Parameters:
  ///   - userID: empty for an anonymous user.
  ///   - time: seconds since 1970-01-01 UTC.
  package func choose(
    userID: String, user: FeatureMap, context: FeatureMap, at time: Double
  ) -> SteeringChoice {
    for (number, rule) in configuration.rules.enumerated() {
      guard matches(rule.when, hours[number], user: user, context: context, at: time) else {
        continue
      }
      if let preset = rule.preset { return SteeringChoice(rule: rule.name, preset: preset) }
      if let split = rule.split, !userID.isEmpty {
        let arm = SteeringRules.arm(of: userID, split, salt: rule.salt ?? rule.name)
        return SteeringChoice(rule: rule.name, preset: arm, arm: arm)
      }
    }
    return SteeringChoice(rule: SteeringChoice.byDefault, preset: configuration.default)
  }

  /// The preset of the user's side: the same for the same id, salt and shares, in every process.
  static func arm(of userID: String, _ split: [SteeringRule.Arm], salt: String) -> String {
    // 53 bits are what a Double holds.
    let hash = stableHash("\(salt)\u{1f}\(userID)")
    var rest = Double(hash >> 11) / Double(1 << 53) * split.reduce(0) { $0 + $1.share }
    for arm in split where arm.share > 0 {
      rest -= arm.share
      if rest < 0 { return arm.preset }
    }
    return split.last { $0.share > 0 }?.preset ?? ""
  }

  private func matches(
    _ when: RuleCondition?, _ hours: HourSpan?, user: FeatureMap, context: FeatureMap,
    at time: Double
  ) -> Bool {
    guard let when else { return true }
    if let hours, !hours.contains(hour(at: time)) { return false }
    return SteeringRules.holds(when.user, user) && SteeringRules.holds(when.context, context)
  }

  private func hour(at time: Double) -> Int {
    let date = Date(timeIntervalSince1970: time)
    let local = time + Double(zone.secondsFromGMT(for: date))
    let ofDay = local.truncatingRemainder(dividingBy: 86400)
    return Int((ofDay < 0 ? ofDay + 86400 : ofDay) / 3600)
  }

  private static func holds(_ wanted: [String: [String]]?, _ features: FeatureMap) -> Bool {
    (wanted ?? [:]).allSatisfy { feature, values in
      features[feature]?.categories.contains(where: values.contains) ?? false
    }
  }
}

/// Which preset, and why.
package struct SteeringChoice: Sendable, Equatable {
  /// The rule's name; `default` where none matched. Rules cannot take these names.
  package static let byDefault = "default"
  package static let byRequest = "request"
  package static let byPreset = "preset"
  package static let reserved = [byDefault, byRequest, byPreset]

  package var rule: String
  /// nil: the weights come from elsewhere.
  package var preset: String?
  /// The side of a split that the user is on.
  package var arm: String?

  package init(rule: String, preset: String? = nil, arm: String? = nil) {
    self.rule = rule
    self.preset = preset
    self.arm = arm
  }
}
