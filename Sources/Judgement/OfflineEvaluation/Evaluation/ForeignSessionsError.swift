import Features
import Sessions

extension FittedSchema {
  /// Refuses sessions of another log, whose lists would be judged by nothing.
  func checkFeatures(of sessions: [Session]) throws(ForeignSessionsError) {
    let names = layout.item.numbers.map { String($0.prefix { $0 != ":" }) }
    let fields = layout.item.categoricals + layout.item.bags
    // The id is no feature; it is always there.
    let known = Set(names + fields.map(\.name)).subtracting(["id"])
    let seen = Set(
      sessions.prefix(100).flatMap { $0.request.candidates.flatMap(\.features.keys) })
    // Some features only some items have, so not all need be there; most must.
    guard !sessions.isEmpty, 2 * known.intersection(seen).count < known.count else { return }
    throw ForeignSessionsError(expected: known.sorted(), got: seen.sorted())
  }
}

/// Sessions that lack most item features of those the checkpoint was trained on.
package struct ForeignSessionsError: Error, Sendable, Equatable, CustomStringConvertible {
  package let expected: [String]
  package let got: [String]

  package var description: String {
    "sessions: expected items with features such as \(expected.prefix(5).joined(separator: ", ")), got "
      + (got.isEmpty ? "none" : got.prefix(5).joined(separator: ", "))
      + "; judge a checkpoint on sessions of the log it was trained on"
  }
}
