import JSON

/// What one run measured.
struct LoadResult: Sendable {
  let connections: Int
  /// 0 for a closed loop.
  let rate: Double
  /// Without those of the warm-up and of errors.
  let latencies: Latencies
  let errors: Int
  /// Answers per second after the warm-up.
  let throughput: Double
  /// What was wrong with the first wrong answer.
  let example: String?

  static var heading: String {
    ["connections", "rate", "requests/s"].map(Latencies.padded).joined()
      + Latencies.heading(unit: "ms")
      + ["requests", "errors"].map(Latencies.padded).joined()
  }

  var line: String {
    let rate = rate == 0 ? "closed" : Latencies.rounded(rate)
    return ["\(connections)", rate, Latencies.rounded(throughput)].map(Latencies.padded).joined()
      + latencies.columns(per: 1000)
      + ["\(latencies.count)", "\(errors)"].map(Latencies.padded).joined()
  }

  var json: String {
    var members: [(key: String, value: JSONValue)] = [
      ("connections", .number(Double(connections))), ("rate", .number(rate)),
      ("requests_per_s", .number(Latencies.toThreeDecimals(throughput))),
    ]
    members += latencies.members(per: 1000, unit: "ms")
    members.append(("requests", .number(Double(latencies.count))))
    members.append(("errors", .number(Double(errors))))
    return JSONValue.object(members).serialized()
  }
}
