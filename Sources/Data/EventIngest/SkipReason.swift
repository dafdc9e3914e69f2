/// Why an event, or a part of it, is in no session.
package enum SkipReason: String, Sendable, Hashable, Codable, CaseIterable {
  case malformedLine = "line is not JSON"
  case unknownEvent = "unknown kind of event"
  case missingField = "missing field"
  case badField = "field with a bad value"
  /// Older than an event before it by more than the window.
  case outOfOrder = "out of order by more than the window"
  /// Its clock is ahead of those around it; they are joined as if it were not there.
  case implausibleTime = "time far ahead of the events around it"
  case duplicateRanking = "ranking id used before"
  case nothingShown = "ranking without shown items"
  case badPositions = "ranking positions are not 1..n"
  case repeatedItem = "ranking lists an item twice"
  /// The session is written, without its propensities.
  case partialPropensity = "propensity dropped, some shown items lack it"
  /// The same: a pinned item stands elsewhere, or a banned one in the list.
  case brokenMasks = "masks and propensity dropped, the shown list breaks the masks"
  /// A like on an item's own page, say, which is no fault.
  case withoutRanking = "interaction that names no ranking"
  /// Or with a ranking that was itself skipped.
  case unknownRanking = "interaction with an unknown ranking"
  case beforeRanking = "interaction before its ranking"
  case outsideWindow = "interaction after the window"
  case itemNotShown = "interaction with an item not shown"
}

/// Where an event stands.
package struct EventLocation: Sendable, Equatable, CustomStringConvertible {
  package var path: String
  /// From 1.
  package var line: Int

  package init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  package var description: String { "\(path):\(line)" }
}

/// How often events were skipped for one reason.
package struct SkipTally: Sendable, Equatable, Codable {
  package static let exampleLimit = 3

  package var reason: SkipReason
  package var count = 0
  /// The first few, as `path:line` and what was found there.
  package var examples: [String] = []

  init(reason: SkipReason) {
    self.reason = reason
  }

  mutating func add(_ location: EventLocation, _ detail: String) {
    count += 1
    if examples.count < SkipTally.exampleLimit { examples.append("\(location) (\(detail))") }
  }
}
