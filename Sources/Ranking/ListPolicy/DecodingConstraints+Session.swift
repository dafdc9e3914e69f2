import JSON
import ListRules
package import Sessions

extension DecodingConstraints {
  /// What a logged list was restricted to when it was written, from the masks that its session
  /// carries; none where it carries none. Rules look at the candidates' features as the session has
  /// them.
  ///
  /// - Parameter session: a sound one, as files and logs give it.
  /// - Throws: `UnknownRuleError`.
  package init(_ session: Session) throws(UnknownRuleError) {
    guard let masks = session.masks else {
      self = .none
      return
    }
    let candidates = session.request.candidates
    var places: [String: Int] = [:]
    for (index, candidate) in candidates.enumerated() { places[candidate.id] = index }
    var rules: [ListRule] = []
    for record in masks.rules {
      guard let rule = ListRule(record: record) else {
        throw UnknownRuleError(session: session.request.id, record: record)
      }
      rules.append(rule)
    }
    var pins: [Int: Int] = [:]
    for pin in masks.pins { pins[pin.position - 1] = places[pin.id] }
    let bans = Set(masks.ban.compactMap { places[$0] })
    let required = masks.require.compactMap { places[$0] }
    self.init(
      pins: pins, bans: bans,
      rules: rules.isEmpty && required.isEmpty
        ? nil
        : PlacementRules(
          rules, candidates: candidates, length: session.shown.count, pins: pins, bans: bans,
          required: required))
  }

  /// Whether the masks leave each item of the list open in its turn.
  ///
  /// - Parameters:
  ///   - list: candidates from the top down, distinct.
  ///   - candidates: of the request.
  package func permit(_ list: [Int], candidates: Int) -> Bool {
    guard self != .none else { return true }
    guard allow(length: list.count, candidates: candidates) else { return false }
    return list.indices.allSatisfy { slot in
      var mask = [Bool](repeating: false, count: candidates)
      exclude(after: Array(list[..<slot]), from: &mask, entries: 0..<candidates)
      return !mask[list[slot]]
    }
  }
}

/// A session whose list was written under a rule that is not known here.
package struct UnknownRuleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Id of the session.
  package let session: String
  package let record: FeatureMap

  package var description: String {
    "session \"\(session)\": expected a rule in /masks/rules as serving.list_rules has it, got "
      + "\(record.json.serialized()); ingest the log with the version that wrote it"
  }
}
