import CandidateSelection
import RandomStreams
package import Sessions
import Statistics
package import Worlds

/// The sessions of a `data` section, from files or from a world, each with its part of the split.
package struct SessionSource: Sendable {
  /// Sessions handed over at once; what is in memory at any time.
  package static let chunk = 512

  package let configuration: DataConfiguration
  /// The world, when the sessions are simulated: it knows the truth about them.
  package let world: (any World)?
  private let assigner: SplitAssigner
  private let selector: CandidateSelector?

  /// - Throws: faults of files that cannot be read, or be read only once.
  package init(_ configuration: DataConfiguration) throws {
    self.configuration = configuration
    world = configuration.makeWorld()
    selector = configuration.select.map { CandidateSelector($0) }
    for path in Self.paths(of: configuration) where isReadOnce(path) {
      throw FileError.readOnce(
        path: path,
        remedy: "write the sessions to a file first; a run that is resumed reads them again")
    }
    assigner = try SplitAssigner.fit(configuration.split, paths: configuration.sessions)
  }

  /// How many sessions there are, of files nil: only reading them tells.
  package var countIfKnown: Int? {
    world == nil || configuration.moments > 0 ? nil : configuration.simulate
  }

  private static func paths(of configuration: DataConfiguration) -> [String] {
    if case .files(let files) = configuration.split {
      return SplitPart.allCases.flatMap { files[$0] }
    }
    return configuration.sessions
  }

  /// Makes a number of sessions, or says why not, by parts of the numbers 0..<count; the results
  /// are in order.
  package typealias Spread = (
    _ count: Int, _ make: @Sendable (Range<Int>) -> [Result<Session, LineError>]
  ) -> [Result<Session, LineError>]

  /// Hands over all sessions in order, chunk by chunk, with their parts.
  ///
  /// - Parameter spread: passed in so that the caller may share out the work of simulating or
  ///   reading.
  package func forEachChunk(
    spread: Spread = { count, make in make(0..<count) },
    _ body: ([(session: Session, part: SplitPart)]) throws -> Void
  ) throws {
    if let world {
      for start in stride(from: 0, to: configuration.simulate, by: Self.chunk) {
        let count = min(Self.chunk, configuration.simulate - start)
        let sessions = spread(count) { part in
          part.map { .success(selected(world.session(start + $0))) }
        }
        try body(try placed(sessions))
      }
      return
    }
    for path in Self.paths(of: configuration) {
      var reader = try SessionReader(path: path)
      var isEnded = false
      while !isEnded {
        let (lines, fault) = Self.lines(&reader)
        let sessions = spread(lines.count) { part in
          part.map { place in
            Result { () throws(LineError) in selected(try lines[place].session()) }
          }
        }
        let chunk = try placed(sessions)
        if let fault { throw fault }
        if !chunk.isEmpty { try body(chunk) }
        isEnded = lines.count < Self.chunk
      }
    }
  }

  /// The session with the candidates that `data.select` keeps.
  private func selected(_ session: Session) -> Session {
    selector.map { session.selected(by: $0) } ?? session
  }

  /// The lines of one chunk, and what went wrong behind them.
  private static func lines(
    _ reader: inout SessionReader
  ) -> (lines: [SessionLine], fault: FileError?) {
    var lines: [SessionLine] = []
    do throws(FileError) {
      while lines.count < chunk, let line = try reader.nextLine() { lines.append(line) }
    } catch {
      return (lines, error)
    }
    return (lines, nil)
  }

  private func placed(
    _ sessions: [Result<Session, LineError>]
  ) throws(LineError) -> [(session: Session, part: SplitPart)] {
    var chunk: [(session: Session, part: SplitPart)] = []
    chunk.reserveCapacity(sessions.count)
    for session in sessions {
      let session = try session.get()
      let part = assigner.part(of: session)
      chunk.append((session, part))
      if part != .test { chunk += moments(of: session).map { ($0, part) } }
    }
    return chunk
  }

  /// Some later moments of a session, as many as are asked for or as there are.
  private func moments(of session: Session) -> [Session] {
    let most = min(configuration.moments, session.reached - 1)
    guard most > 0 else { return [] }
    var stream = RandomStream(
      seed: 0, "data.moments", request: stableHash(session.request.id))
    return stream.permutation(session.reached - 1).prefix(most).sorted()
      .compactMap { session.moment(after: $0 + 1) }
  }

  /// The first `limit` sessions of one part, in order.
  package func sessions(
    of part: SplitPart, limit: Int = .max,
    spread: Spread = { count, make in make(0..<count) }
  ) throws -> [Session] {
    var result: [Session] = []
    struct Enough: Error {}
    do {
      try forEachChunk(spread: spread) { chunk in
        for (session, own) in chunk where own == part {
          guard result.count < limit else { throw Enough() }
          result.append(session)
        }
      }
    } catch is Enough {}
    return result
  }
}
