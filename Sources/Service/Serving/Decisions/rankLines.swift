import Features
import JSON
package import Sessions

/// What became of the lines of a file.
package struct LineCounts: Sendable, Equatable {
  package var ranked = 0
  /// The request was at fault.
  package var refused = 0
  /// The ranker was.
  package var failed = 0

  package init(ranked: Int = 0, refused: Int = 0, failed: Int = 0) {
    self.ranked = ranked
    self.refused = refused
    self.failed = failed
  }
}

/// Ranks a file of requests, one JSON object per line, each what `POST /v1/rerank` takes.
///
/// Every line that is not blank gives the JSON of one object, in order: the answer, or a problem with
/// its `line`; no line stops the rest. `warn` is told once of every feature that has another type than
/// in training. Throws what `reader` and `write` throw, and `SteeringErrors`.
package func rankLines(
  _ reader: consuming LineReader, ranker: any ListRanker,
  configuration: ServingConfiguration = ServingConfiguration(), warn: (String) -> Void = { _ in },
  write: ([UInt8]) throws -> Void
) throws -> LineCounts {
  let pipeline = try RankPipeline(ranker: ranker, configuration: configuration)
  var counts = LineCounts()
  var warned: Set<String> = []
  while let slice = try reader.next() {
    let bytes = Array(slice)
    guard !bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
      continue
    }
    let (json, outcome, odd) = rankLine(bytes, number: reader.line, pipeline)
    for description in odd where warned.insert(description).inserted {
      warn("line \(reader.line): \(description); further lines are not named")
    }
    counts[keyPath: outcome] += 1
    try write(json)
  }
  return counts
}

private func rankLine(
  _ bytes: [UInt8], number: Int, _ pipeline: RankPipeline
) -> ([UInt8], WritableKeyPath<LineCounts, Int>, [String]) {
  var timing = RankPipeline.Timing()
  do {
    // Else all lines without an id would draw alike.
    let answer = try pipeline.answer(
      bytes, requestID: nil, draw: "line \(number)", timing: &timing)
    let odd =
      answer.oddities.changed.map(\.description)
      + answer.oddities.unknownVersions.map(\.description)
    guard let failure = answer.failure else {
      return (answer.response.serialized, \.ranked, odd)
    }
    // A file can be ranked again, so no fallback hides the failure; and its owner runs the model
    // too, so the reason is told here, unlike over HTTP.
    var problem = Problem(.internalFailure, detail: "the model failed: \(failure)")
    problem.line = number
    return (problem.json.serialized(), \.failed, odd)
  } catch {
    var problem = Problem(error)
    problem.line = number
    return (problem.json.serialized(), \.refused, [])
  }
}
