/// One raw candidate feature read as a column over the candidates of a request.
///
/// Rule utilities work on such columns, so that they mean the same in training, evaluation and
/// serving, whatever the networks' schema does with the feature.
public struct CandidateColumn: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The number itself; absent or not a number counts as 0.
    case number
    /// 1 where the number is above 0 (or the flag true), else 0.
    case flag
    /// A small whole number per distinct value within the request; each candidate without the
    /// feature is a group of its own.
    case group
  }

  public var feature: String
  public var kind: Kind

  public init(_ kind: Kind, of feature: String) {
    self.kind = kind
    self.feature = feature
  }

  /// The column over the candidates: `[M]`.
  public func values(of candidates: [Candidate]) -> [Float] {
    switch kind {
    case .number:
      return candidates.map { Float($0.features[feature]?.number ?? 0) }
    case .flag:
      return candidates.map { ($0.features[feature]?.number ?? 0) > 0 ? 1 : 0 }
    case .group:
      var groups: [[String]: Int] = [:]
      var next = 0
      return candidates.map { candidate in
        let key = candidate.features[feature]?.categories
        if let key, let known = groups[key] { return Float(known) }
        defer { next += 1 }
        if let key { groups[key] = next }
        return Float(next)
      }
    }
  }
}
