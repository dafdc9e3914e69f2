import Checkpoints
import DataSources
import Features
import Foundation
import Networks
import Sessions
import Tensors
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
  ///   - worldFile: a configuration with the world that the files come from; without one, the
  ///     checkpoint's own, if it was trained on a world.
  ///   - limit: sessions at most.
  ///   - training: sessions of the training part at most.
  ///   - judged: sessions of the judge's users at most.
  ///   - workers: that simulate or read sessions; the result does not depend on them.
  init(
    checkpoint path: String, files: [String], worldFile: String? = nil, limit: Int,
    training most: Int = 0,
    judged mostJudged: Int = 0, workers: Workers
  ) throws {
    let reader = try CheckpointReader(path: path)
    let data = try reader.section("data", as: DataConfiguration.self)
    let fold = JudgeFold(
      share: try reader.section("training", as: TrainingConfiguration.self).judge.share)
    var parts = SessionParts(training: most, judged: fold.isEmpty ? 0 : mostJudged, fold: fold)
    if files.isEmpty {
      let source = try SessionSource(data)
      parts.limits.held = limit
      try parts.collect(source, workers: workers)
      sessions = parts.held
      world = source.world
      description =
        "test part of "
        + (world == nil ? names(data.sessions) : "the simulated world")
    } else {
      var all: [Session] = []
      for file in files {
        var reader = try SessionReader(path: file)
        while all.count < limit, let session = try reader.next() { all.append(session) }
      }
      sessions = all
      let told = try worldFile.map { try RunConfiguration(path: $0, overrides: []).data }
      world = (told ?? data).world(knowing: all)
      description = names(files)
      // What the checkpoint was trained on may be gone since.
      if let source = try? SessionSource(data) { try? parts.collect(source, workers: workers) }
    }
    let ids = Set(sessions.map(\.request.id))
    training = parts.training.filter { !ids.contains($0.request.id) }
    judged = parts.judged.filter { !ids.contains($0.request.id) }
    guard !sessions.isEmpty else {
      throw CommandError.noSessions(
        files.isEmpty
          ? "\(path): expected held-out sessions in the data it was trained on, got none; name "
            + "session files with --sessions"
          : "\(files.joined(separator: ", ")): expected sessions to judge on, got none")
    }
  }
}

/// Files as a report calls them, wherever they lie.
private func names(_ paths: [String]) -> String {
  paths.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", ")
}

/// Sessions of the parts of a split, gathered in one pass over the source.
private struct SessionParts {
  var limits: (held: Int, training: Int, judged: Int)
  let fold: JudgeFold
  private(set) var held: [Session] = []
  private(set) var training: [Session] = []
  private(set) var judged: [Session] = []

  init(training: Int, judged: Int, fold: JudgeFold) {
    limits = (0, training, judged)
    self.fold = fold
  }

  private var isFull: Bool {
    held.count >= limits.held && training.count >= limits.training && judged.count >= limits.judged
  }

  /// Reads until every part has as many sessions as its limit, or the source ends.
  mutating func collect(_ source: SessionSource, workers: Workers) throws {
    struct Enough: Error {}
    guard !isFull else { return }
    var progress = ProgressLine.standardError(
      label: "reading sessions", total: source.countIfKnown, unit: "sessions")
    var done = 0
    defer { progress.clear() }
    do {
      try source.forEachChunk(spread: workers.sessions) { chunk in
        done += chunk.count
        progress.update(done)
        for (session, part) in chunk { add(session, of: part) }
        if isFull { throw Enough() }
      }
    } catch is Enough {}
  }

  private mutating func add(_ session: Session, of part: SplitPart) {
    if part == .test, held.count < limits.held { held.append(session) }
    guard part == .train else { return }
    if training.count < limits.training { training.append(session) }
    if judged.count < limits.judged, fold.holds(FittedSchema.userKey(session.request.user.id)) {
      judged.append(session)
    }
  }
}
