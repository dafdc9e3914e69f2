import JSON
import Sessions

extension RankResponse {
  /// The bytes of `json`, written without a tree.
  package var serialized: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(128 * items.count + 512)
    out.append(contentsOf: "{\"items\":[".utf8)
    for (number, item) in items.enumerated() {
      out.append(contentsOf: (number == 0 ? "{\"id\":" : ",{\"id\":").utf8)
      JSONValue.append(item.id, to: &out)
      out.append(contentsOf: ",\"index\":".utf8)
      JSONValue.append(Double(item.index), to: &out)
      out.append(contentsOf: ",\"position\":".utf8)
      JSONValue.append(Double(item.position), to: &out)
      if let logProbability = item.logProbability {
        out.append(contentsOf: ",\"log_probability\":".utf8)
        JSONValue.append(logProbability, to: &out)
      }
      if let propensity = item.propensity {
        out.append(contentsOf: ",\"propensity\":".utf8)
        JSONValue.append(propensity, to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
    out.append(contentsOf: "],\"weights\":{".utf8)
    append(weights.lazy.map { ($0.name, $0.effective) }, to: &out)
    out.append(contentsOf: "},\"utilities\":{".utf8)
    append(utilities.lazy.map { ($0.name, $0.value) }, to: &out)
    out.append(contentsOf: (reward == nil ? "}" : "},\"reward\":").utf8)
    if let reward { JSONValue.append(reward, to: &out) }
    out.append(contentsOf: ",\"model\":".utf8)
    JSONValue.append(model, to: &out)
    out.append(contentsOf: ",\"version\":".utf8)
    JSONValue.append(version, to: &out)
    for (key, value) in (steering?.members ?? []) + origin.members {
      out.append(UInt8(ascii: ","))
      JSONValue.append(key, to: &out)
      out.append(UInt8(ascii: ":"))
      value.append(to: &out)
    }
    if let requestID {
      out.append(contentsOf: ",\"request_id\":".utf8)
      JSONValue.append(requestID, to: &out)
    }
    out.append(contentsOf: ",\"took_ms\":".utf8)
    JSONValue.append(roundedMilliseconds, to: &out)
    out.append(UInt8(ascii: "}"))
    return out
  }

  private func append(_ numbers: some Sequence<(String, Double)>, to out: inout [UInt8]) {
    var isFirst = true
    for (name, value) in numbers {
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      JSONValue.append(name, to: &out)
      out.append(UInt8(ascii: ":"))
      JSONValue.append(value, to: &out)
    }
  }
}
