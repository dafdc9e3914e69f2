import Foundation
import JSON

extension EvaluationReport {
  /// The report as indented JSON with snake-case keys in sorted order; the same report always gives
  /// the same bytes.
  package func json() -> String {
    do {
      return String(decoding: try EncodedJSON.page(self), as: UTF8.self)
    } catch {
      preconditionFailure("a report holds only strings and finite numbers, yet: \(error)")
    }
  }

  /// Reads what `json()` wrote.
  package init(json: String) throws {
    self = try JSONDecoder().decode(EvaluationReport.self, from: Data(json.utf8))
  }
}
