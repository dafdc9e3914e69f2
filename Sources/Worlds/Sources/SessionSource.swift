import Sessions

/// The sessions of a `data` section, from files or from a world, each with its part of the split.
public struct SessionSource: Sendable {
  /// Sessions handed over at once; what is in memory at any time.
  public static let chunk = 512

  public let configuration: DataConfiguration
  /// The world, when the sessions are simulated: it knows the truth about them.
  public let world: FeedWorld?
  private let assigner: SplitAssigner

  /// - Throws: faults of files that cannot be read.
  public init(_ configuration: DataConfiguration) throws {
    self.configuration = configuration
    world = configuration.feed.map { FeedWorld($0) }
    assigner = try SplitAssigner.fit(configuration.split, paths: configuration.sessions)
  }

  private var paths: [String] {
    if case .files(let files) = configuration.split {
      return SplitPart.allCases.flatMap { files[$0] }
    }
    return configuration.sessions
  }

  /// Hands over all sessions in order, chunk by chunk, with their parts.
  ///
  /// - Parameter simulate: makes sessions by index from the world; passed in so that the caller
  ///   may share the work out.
  public func forEachChunk(
    simulate: (FeedWorld, Range<Int>) -> [Session] = { world, range in
      range.map { world.session($0) }
    },
    _ body: ([(session: Session, part: SplitPart)]) throws -> Void
  ) throws {
    if let world {
      for start in stride(from: 0, to: configuration.simulate, by: Self.chunk) {
        let range = start..<min(start + Self.chunk, configuration.simulate)
        try body(simulate(world, range).map { ($0, assigner.part(of: $0)) })
      }
      return
    }
    for path in paths {
      var reader = try SessionReader(path: path)
      var chunk: [(session: Session, part: SplitPart)] = []
      while let session = try reader.next() {
        chunk.append((session, assigner.part(of: session)))
        if chunk.count == Self.chunk {
          try body(chunk)
          chunk.removeAll(keepingCapacity: true)
        }
      }
      if !chunk.isEmpty { try body(chunk) }
    }
  }

  /// The first `limit` sessions of one part, in order.
  public func sessions(of part: SplitPart, limit: Int = .max) throws -> [Session] {
    var result: [Session] = []
    struct Enough: Error {}
    do {
      try forEachChunk { chunk in
        for (session, own) in chunk where own == part {
          guard result.count < limit else { throw Enough() }
          result.append(session)
        }
      }
    } catch is Enough {}
    return result
  }
}
