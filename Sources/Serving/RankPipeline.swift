import Sessions

/// From the bytes of a request to its answer, the same for HTTP and for files.
struct RankPipeline: Sendable {
  /// The parts of the work that are timed apart.
  enum Stage: String, CaseIterable, Sendable {
    case parse, check, rank
  }

  /// Seconds by stage, as far as the request got.
  struct Timing: Sendable {
    private(set) var seconds: [(stage: Stage, seconds: Double)] = []
    private var last = ContinuousClock.now

    mutating func finish(_ stage: Stage) {
      let now = ContinuousClock.now
      seconds.append((stage, (now - last).seconds))
      last = now
    }
  }

  let ranker: any ListRanker
  private let scanning: (any ScanningRanker)?
  let model: ModelDescription
  let configuration: ServingConfiguration

  init(ranker: any ListRanker, configuration: ServingConfiguration) {
    self.ranker = ranker
    scanning = ranker as? any ScanningRanker
    self.model = ranker.description
    self.configuration = configuration
  }

  /// - Parameters:
  ///   - requestID: of answers to requests that have none of their own.
  ///   - timing: filled also when this throws.
  /// - Throws: `RankFaults` for the caller's faults; other errors are the ranker's own.
  func answer(
    _ bytes: [UInt8], requestID: String?, timing: inout Timing
  ) throws -> RankResponse {
    let start = ContinuousClock.now
    var scanned = scanning?.scanner?.scan(bytes)
    let request = try scanned?.request ?? RankPipeline.read(bytes)
    timing.finish(.parse)
    let resolved = try request.resolved(for: model, configuration)
    timing.finish(.check)
    defer { timing.finish(.rank) }
    var response: RankResponse
    do {
      scanned?.request = resolved
      if let scanning, let scanned {
        response = try scanning.rank(scanned)
      } else {
        response = try ranker.rank(resolved)
      }
    } catch let fault as RankFault {
      throw RankFaults([fault])
    }
    response.requestID = request.requestID ?? requestID
    response.tookMilliseconds = (ContinuousClock.now - start).seconds * 1000
    return response
  }

  private static func read(_ bytes: [UInt8]) throws(RankFaults) -> RankRequest {
    let json: JSONValue
    do throws(JSONFault) {
      json = try JSONScanner.parse(bytes)
    } catch {
      throw RankFaults([RankFault(error)])
    }
    do throws(FieldFault) {
      return try RankRequest(json: json)
    } catch {
      throw RankFaults([RankFault(error)])
    }
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
