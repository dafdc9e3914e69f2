/// Writer of the Prometheus text format, version 0.0.4.
struct PrometheusText {
  private(set) var text = ""

  mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.0)=\"\(PrometheusText.escaped($0.1))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(value)\n"
  }

  /// The samples of one histogram, their buckets cumulative.
  mutating func histogram(_ name: String, _ labels: [(String, String)], _ values: Histogram) {
    var total: UInt64 = 0
    for (index, count) in values.counts.enumerated() {
      total += count
      let bound = index < Histogram.bounds.count ? "\(Histogram.bounds[index])" : "+Inf"
      sample("\(name)_bucket", labels + [("le", bound)], "\(total)")
    }
    sample("\(name)_sum", labels, "\(values.sum)")
    sample("\(name)_count", labels, "\(total)")
  }

  private static func escaped(_ value: String) -> String {
    value.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
