/// Where a report's figures come from.
package struct Provenance: Codable, Sendable, Equatable {
  /// The checkpoint's folder or name.
  package var checkpoint: String?
  package var modelVersion: String?
  package var modelHash: String?
  package var seed: UInt64?
  /// What it was evaluated on: file, split, filters.
  package var data: String?
  /// Who scored the lists: the evaluators of training or a judge.
  package var scoredBy: String?
  /// A date, when the caller gives one; nothing here reads a clock.
  package var created: String?

  package init(
    checkpoint: String? = nil, modelVersion: String? = nil, modelHash: String? = nil,
    seed: UInt64? = nil, data: String? = nil, scoredBy: String? = nil, created: String? = nil
  ) {
    self.checkpoint = checkpoint
    self.modelVersion = modelVersion
    self.modelHash = modelHash
    self.seed = seed
    self.data = data
    self.scoredBy = scoredBy
    self.created = created
  }

  enum CodingKeys: String, CodingKey {
    case checkpoint, seed, data, created
    case modelVersion = "model_version"
    case modelHash = "model_hash"
    case scoredBy = "scored_by"
  }

  /// Labels and values of all that is known, in reading order.
  var entries: [(label: String, value: String)] {
    let all: [(String, String?)] = [
      ("checkpoint", checkpoint), ("model version", modelVersion), ("model hash", modelHash),
      ("seed", seed.map { "\($0)" }), ("data", data), ("scored by", scoredBy),
      ("created", created),
    ]
    return all.compactMap { label, value in value.map { (label, $0) } }
  }
}
