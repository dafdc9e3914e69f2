import Checkpoints
import DataSources
import Networks
import Sessions
import Worlds

/// The sessions to judge a checkpoint on, and the world that knows the truth about them.
struct EvaluationData {
  let sessions: [Session]
  /// Nil for sessions of real people: what they would have done with other lists is not known.
  let world: (any World)?
  /// Where they come from, for the report.
  let description: String

  /// - Parameters:
  ///   - files: session files; none takes the test part of the checkpoint's own data.
  ///   - limit: sessions at most.
  init(checkpoint path: String, files: [String], limit: Int) throws {
    let data = try CheckpointReader(path: path).section("data", as: DataConfiguration.self)
    if files.isEmpty {
      let source = try SessionSource(data)
      sessions = try source.sessions(of: .test, limit: limit)
      world = source.world
      description =
        "test part of "
        + (world == nil ? data.sessions.joined(separator: ", ") : "the simulated world")
    } else {
      var all: [Session] = []
      for file in files {
        var reader = try SessionReader(path: file)
        while all.count < limit, let session = try reader.next() { all.append(session) }
      }
      sessions = all
      world = data.world(knowing: all)
      description = files.joined(separator: ", ")
    }
    guard !sessions.isEmpty else {
      throw CommandError.noSessions(
        files.isEmpty
          ? "\(path): expected held-out sessions in the data it was trained on, got none; name "
            + "session files with --sessions"
          : "\(files.joined(separator: ", ")): expected sessions to judge on, got none")
    }
  }
}
