import Foundation
import JSON

/// The table of an ablation.
package struct AblationReport: Codable, Sendable, Equatable {
  /// What all variants differ in from the configuration file.
  package let base: [String]
  package let seeds: [UInt64]
  package let requests: Int
  package let attainableRequests: Int
  package let variants: [Row]

  enum CodingKeys: String, CodingKey {
    case base, seeds, requests, variants
    case attainableRequests = "attainable_requests"
  }

  package struct Row: Codable, Sendable, Equatable {
    package let name: String
    package let set: [String]
    /// By `MethodFigure`.
    package let figures: [String: FigureSummary]

    init(name: String, set: [String], seeds: [SeedFigures]) {
      self.name = name
      self.set = set
      let names = Set(seeds.flatMap(\.figures.keys))
      figures = Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, FigureSummary(seeds.compactMap { $0.figures[name] }))
        }
      ).compactMapValues { $0 }
    }

    /// One line for the terminal.
    var line: String {
      let shown: [MethodFigure] = [
        .attainment, .attainmentWorst, .trueGain, .predictedGain, .judgeGain, .judgeBetter,
        .spearman,
      ]
      return "\(name): "
        + shown.compactMap { figure in
          figures[figure.rawValue].map {
            "\(figure.rawValue) \(String(format: "%.3f", $0.mean))"
              + ($0.seeds.count > 1 ? String(format: " ±%.3f", $0.deviation) : "")
          }
        }.joined(separator: ", ")
    }
  }

  /// One line per variant.
  package func text() -> String { variants.map(\.line).joined(separator: "\n") }

  package func json() throws -> String {
    String(decoding: try EncodedJSON.page(self), as: UTF8.self)
  }
}
