import Foundation

extension ProgressLine {
  /// Progress on standard error, as fits what that is: a terminal or not, `NO_COLOR`, `TERM=dumb`.
  package static func standardError(
    label: String, total: Int?, unit: String = "requests", start: Int = 0
  ) -> ProgressLine {
    let begin = ContinuousClock.now
    return ProgressLine(
      label: label, total: total, unit: unit, start: start,
      terminal: terminal(
        isTerminal: isatty(STDERR_FILENO) == 1,
        environment: ProcessInfo.processInfo.environment),
      clock: { (ContinuousClock.now - begin) / .seconds(1) },
      output: StandardErrorLine.draw)
  }

  /// What standard error can show; nil where only plain lines make sense.
  package static func terminal(
    isTerminal: Bool, environment: [String: String]
  ) -> Terminal? {
    guard isTerminal, environment["TERM"] != "dumb" else { return nil }
    // The first of these that is set decides (POSIX).
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let encoding = locale.uppercased()
    let columns = environment["COLUMNS"].flatMap { Int($0) }
    return Terminal(
      width: { terminalColumns(STDERR_FILENO) ?? columns ?? 80 },
      colour: (environment["NO_COLOR"] ?? "").isEmpty,
      unicode: encoding.contains("UTF-8") || encoding.contains("UTF8"))
  }
}
