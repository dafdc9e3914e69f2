import Checkpoints
import DataSources
import Features
import Networks
import Sessions
import Training
import Worlds

/// The sessions to judge a checkpoint on, and the world that knows the truth about them.
struct EvaluationData {
  /// Training sessions that a baseline of one weight per feature has more than enough of.
  static let trainingLimit = 8192

  let sessions: [Session]
  /// Sessions of the checkpoint's training part, none of them in `sessions`, for baselines that
  /// are fitted beside it; none where its data are not at hand.
  let training: [Session]
  /// Sessions of the training part whose users are the judge's, none of them in `sessions`; none where
  /// the data are not at hand or no users were kept for a judge.
  let judged: [Session]
  /// Nil for sessions of real people: what they would have done with other lists is not known.
  let world: (any World)?
  /// Where they come from, for the report.
  let description: String

  /// - Parameters:
  ///   - files: session files; none takes the test part of the checkpoint's own data.
  ///   - limit: sessions at most.
  ///   - training: sessions of the training part at most.
  ///   - judged: sessions of the judge's users at most.
  init(
    checkpoint path: String, files: [String], limit: Int, training most: Int = 0,
    judged mostJudged: Int = 0
  ) throws {
    let reader = try CheckpointReader(path: path)
    let data = try reader.section("data", as: DataConfiguration.self)
    if files.isEmpty {
      let source = try SessionSource(data)
      sessions = try source.sessions(of: .test, limit: limit)
      training = try source.sessions(of: .train, limit: most)
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
      training = Self.training(of: data, without: all, limit: most)
      world = data.world(knowing: all)
      description = files.joined(separator: ", ")
    }
    judged = try Self.judged(reader, data, without: sessions, limit: mostJudged)
    guard !sessions.isEmpty else {
      throw CommandError.noSessions(
        files.isEmpty
          ? "\(path): expected held-out sessions in the data it was trained on, got none; name "
            + "session files with --sessions"
          : "\(files.joined(separator: ", ")): expected sessions to judge on, got none")
    }
  }

  /// Sessions to train on besides those to judge on; none when the data have gone since.
  private static func training(
    of data: DataConfiguration, without held: [Session], limit: Int
  ) -> [Session] {
    guard limit > 0, let source = try? SessionSource(data),
      let sessions = try? source.sessions(of: .train, limit: limit)
    else { return [] }
    let ids = Set(held.map(\.request.id))
    return sessions.filter { !ids.contains($0.request.id) }
  }

  /// Sessions that a judge of another kind may be fitted to; none when the data have gone since.
  private static func judged(
    _ checkpoint: CheckpointReader, _ data: DataConfiguration, without held: [Session],
    limit: Int
  ) throws -> [Session] {
    let fold = JudgeFold(
      share: try checkpoint.section("training", as: TrainingConfiguration.self).judge.share)
    guard limit > 0, !fold.isEmpty, let source = try? SessionSource(data) else { return [] }
    let ids = Set(held.map(\.request.id))
    var sessions: [Session] = []
    struct Enough: Error {}
    do {
      try source.forEachChunk { chunk in
        for (session, part) in chunk
        where part == .train && !ids.contains(session.request.id)
          && fold.holds(FittedSchema.userKey(session.request.user.id))
        {
          guard sessions.count < limit else { throw Enough() }
          sessions.append(session)
        }
      }
    } catch is Enough {
    } catch {
      return []
    }
    return sessions
  }
}
