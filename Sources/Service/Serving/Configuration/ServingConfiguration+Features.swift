import CandidateSelection
import ConfigurationFields
package import Features
import ListRules
import Sessions
import Steering

/// Features that rules, controllers and conditions name, held against those that are known.
extension ServingConfiguration {
  private struct Reading {
    var key: String
    var column: CandidateColumn
    var known: KnownFeatures
    var isCondition = false
  }

  /// Where a feature is known and is of another type than its reader needs, or where its name is
  /// unknown and like a known one: nearly always a slip of the pen.
  func faults(knowing features: RequestFeatures) -> [ConfigurationFault] {
    readings(features).filter { reading in
      let name = reading.column.feature
      return reading.known.knows(name)
        || reading.known.nearest(to: name) != nil && !otherFeatures.contains(name)
    }.compactMap { reading in
      reading.known.fault(
        at: reading.key, reading.column, numbersAreFlags: true,
        remedy: "put '\(reading.column.feature)' into serving.other_features, if requests have it")
    }
  }

  /// Names that are unknown and like no known one, worded for the operator: the feature may be one
  /// that only rules read, so they are not refused.
  package func remarks(knowing features: RequestFeatures) -> [String] {
    readings(features).filter { reading in
      let name = reading.column.feature
      return !reading.known.knows(name) && reading.known.nearest(to: name) == nil
        && !otherFeatures.contains(name)
    }.map { reading in
      let name = reading.column.feature
      let effect =
        reading.isCondition
        ? "the condition never holds"
        : "it never takes effect, which fader_unseen_features_total shows"
      return
        "serving.\(reading.key): \(reading.known.absence(of: name)). If requests do not have it "
        + "either, \(effect). If they do, put it into serving.other_features, and this is not said "
        + "again."
    }
  }

  private func readings(_ features: RequestFeatures) -> [Reading] {
    var readings: [Reading] = []
    func add(
      _ key: String, _ column: CandidateColumn, _ known: KnownFeatures, isCondition: Bool = false
    ) {
      // A model that says nothing of a side cannot contradict.
      guard !known.contents.isEmpty else { return }
      readings.append(
        Reading(key: key, column: column, known: known, isCondition: isCondition))
    }
    for (place, rule) in listRules.enumerated() {
      let key = rule.group == nil ? "flag" : "group"
      add("list_rules.\(place).\(key)", rule.column, features.item)
    }
    for reading in candidates?.readings ?? [] {
      add("candidates.\(reading.key)", reading.column, features.item)
    }
    for (place, controller) in steering.controllers.enumerated() {
      guard let flag = controller.flag else { continue }
      add(
        "steering.controllers.\(place).flag", CandidateColumn(.flag, of: flag), features.item)
    }
    for (place, rule) in steering.rules.enumerated() {
      for (side, named, known) in [
        ("user", rule.when?.user, features.user),
        ("context", rule.when?.context, features.context),
      ] {
        for name in (named ?? [:]).keys.sorted() {
          add(
            "steering.rules.\(place).when.\(side).\(name)", CandidateColumn(.group, of: name),
            known, isCondition: true)
        }
      }
    }
    return readings
  }
}
