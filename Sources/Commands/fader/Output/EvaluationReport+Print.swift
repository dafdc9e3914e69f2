import EvaluationReport
import OfflineEvaluation

extension EvaluationReport {
  /// Writes the report to standard output.
  func print(asJSON: Bool) throws {
    try StandardOutput.write(
      asJSON
        ? json() + "\n"
        : textTable(color: TerminalStyle.hasColour, width: TerminalStyle.width))
  }
}
