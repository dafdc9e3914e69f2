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
    case .group: return groups(of: candidates)
    }
  }

  private func groups(of candidates: [Candidate]) -> [Float] {
    // Nearly every value is one text, which is found without a list of categories around it.
    var single: [String: Int] = [:]
    var several: [[String]: Int] = [:]
    var next = 0
    func take(_ known: inout Int?) -> Float {
      if let known { return Float(known) }
      defer { next += 1 }
      known = next
      return Float(next)
    }
    return candidates.map { candidate in
      var alone: Int?
      guard let value = candidate.features[feature] else { return take(&alone) }
      if case .text(let text) = value { return take(&single[text]) }
      let categories = value.categories
      return categories.count == 1 ? take(&single[categories[0]]) : take(&several[categories])
    }
  }
}
