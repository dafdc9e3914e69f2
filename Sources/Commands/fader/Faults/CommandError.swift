import Sessions
import Statistics

/// What the command line itself finds wrong, beside what the parser of arguments does.
enum CommandError: Error, CustomStringConvertible {
  /// A file or folder that an argument names is not there.
  case missing(path: String, what: String)
  /// A run was made in this directory before.
  case used(directory: String, remedy: String)
  /// The configuration lacks what the command needs.
  case unfitConfiguration(String)
  /// No configuration has this key.
  case unknownKey(String, known: [String])
  case faultySessions(path: String, count: Int)
  case noSessions(String)
  /// Lines that were answered with a problem instead of a list.
  case unranked(LineTotals)
  /// Scores that no longer mean what they meant, a sentence each.
  case drifted([String])
  case unfitProcessor(String)
  case cannotWrite(path: String, reason: String)

  /// How many lines of a file of requests went wrong, and on whose side.
  struct LineTotals {
    var refused: Int
    var failed: Int
  }

  var description: String {
    switch self {
    case .missing(let path, let what): "\(path): expected \(what), got nothing; check the path"
    case .used(let directory, let remedy): "\(directory): a run was made here before; \(remedy)"
    case .unfitConfiguration(let text), .noSessions(let text), .unfitProcessor(let text): text
    case .unknownKey(let key, let known):
      "expected a key of the configuration, got '\(key)'; "
        + (nearestName(to: key, among: known).map { "did you mean '\($0)'?" }
          ?? "fader config prints all keys")
    case .faultySessions(let path, let count):
      "\(path): \(count) fault\(count == 1 ? "" : "s"); mend the lines named above"
    case .unranked(let totals):
      "\(totals.refused) line\(totals.refused == 1 ? "" : "s") refused, \(totals.failed) failed; "
        + "each stands in the output as a problem with its line"
    case .drifted(let alarms):
      (["scores have drifted:"] + alarms.map { "  - \($0)" }).joined(separator: "\n")
        + "\nfit maps for new versions with fader calibrate, or train anew"
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written (\(reason)); check the folder, its rights and the free space"
    }
  }

  var status: ExitStatus {
    switch self {
    case .missing: .missingInput
    case .used, .unknownKey: .usage
    case .unfitConfiguration: .configuration
    case .faultySessions, .noSessions: .data
    case .unranked(let totals): totals.failed > 0 ? .failure : .data
    case .drifted: .qualityGate
    case .unfitProcessor: .failure
    case .cannotWrite: .inputOutput
    }
  }
}
