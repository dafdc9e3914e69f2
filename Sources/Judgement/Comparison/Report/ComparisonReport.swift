import JSON
import OfflineEvaluation
import Sessions

/// The table of a comparison: methods by figures, each over the seeds.
package struct ComparisonReport: Codable, Sendable, Equatable {
  package let seeds: [UInt64]
  package let objectives: [String]
  /// Weights over which figures are averaged: `[P][k]`.
  package let probes: [[Float]]
  /// Held-out requests.
  package let requests: Int
  /// Requests whose best lists were searched for; 0 without a world.
  package let attainableRequests: Int
  /// Whether all their lists were scored.
  package let attainableIsExhaustive: Bool
  /// Training steps of a specialist beyond Fader's.
  package let specialistSteps: Int
  /// k of NDCG@k by labels.
  package let labelDepth: Int
  package let methods: [Row]

  package struct Row: Codable, Sendable, Equatable {
    package let name: String
    package let about: String
    /// Whether w moves it.
    package let steered: Bool
    /// Probes and requests it was judged on.
    package let probes: Int
    package let requests: Int
    /// By `MethodFigure`, and `label_ndcg.KIND` and `label_chosen.KIND` by each feedback kind.
    package let figures: [String: FigureSummary]
  }

  enum CodingKeys: String, CodingKey {
    case seeds, objectives, probes, requests, methods
    case attainableRequests = "attainable_requests"
    case attainableIsExhaustive = "attainable_is_exhaustive"
    case specialistSteps = "specialist_steps"
    case labelDepth = "label_depth"
  }

  init(
    seeds: [UInt64], rows: [[SeedFigures]], objectives: [String], grid: [[Float]], requests: Int,
    searched: [Session], search: AttainableSearch, options: ComparisonOptions
  ) {
    self.seeds = seeds
    self.objectives = objectives
    probes = grid
    self.requests = requests
    attainableRequests = searched.count
    attainableIsExhaustive =
      !searched.isEmpty
      && searched.allSatisfy {
        search.isExhaustive(candidates: $0.request.candidates.count, length: $0.shown.count)
      }
    specialistSteps = options.specialistSteps
    labelDepth = options.labelDepth
    methods = (rows.first ?? []).map { first in
      let own = rows.compactMap { $0.first { $0.name == first.name } }
      let names = Set(own.flatMap(\.figures.keys))
      let figures = names.map { name in (name, FigureSummary(own.compactMap { $0.figures[name] })) }
      return Row(
        name: first.name, about: first.about, steered: first.steered, probes: first.probes,
        requests: first.requests,
        figures: Dictionary(uniqueKeysWithValues: figures).compactMapValues { $0 })
    }
  }

  /// Indented, keys sorted: the same report gives the same bytes.
  package func json() throws -> String {
    String(decoding: try EncodedJSON.page(self), as: UTF8.self)
  }
}
