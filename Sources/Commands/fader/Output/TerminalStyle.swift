import Foundation

/// How standard output may be written to.
enum TerminalStyle {
  /// Colours only for eyes: a terminal, and neither `NO_COLOR` nor a dumb one.
  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
      && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns of tables: what the shell says, else 100.
  static var width: Int {
    ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 100
  }
}
