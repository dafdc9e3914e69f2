import JSON

extension RankResponse {
  /// The answer's JSON.
  package var serialized: [UInt8] {
    JSONWriter.bytes(capacity: 128 * items.count + 512) { out in
      out.object { out in
        out.key("items")
        out.array { out in
          for item in items { RankResponse.write(item, to: &out) }
        }
        out.key("weights")
        out.object { out in
          for weight in weights { out.member(weight.name, weight.effective) }
        }
        out.key("utilities")
        out.object { out in
          for utility in utilities { out.member(utility.name, utility.value) }
        }
        if let reward { out.member("reward", reward) }
        out.member("model", model)
        out.member("version", version)
        for (key, value) in (steering?.members ?? []) + origin.members { out.member(key, value) }
        if let history {
          out.key("history")
          out.object { out in
            out.member("source", history.source.rawValue)
            out.member("behaviours", history.behaviours)
          }
        }
        if let candidates {
          out.key("candidates")
          out.write(candidates.json)
        }
        if let requestID { out.member("request_id", requestID) }
        out.member("took_ms", roundedMilliseconds)
      }
    }
  }

  private static func write(_ item: Item, to out: inout JSONWriter) {
    out.object { out in
      out.member("id", item.id)
      out.member("index", item.index)
      out.member("position", item.position)
      if let logProbability = item.logProbability {
        out.member("log_probability", logProbability)
      }
      if let channel = item.channel { out.member("channel", channel) }
      if let propensity = item.propensity { out.member("propensity", propensity) }
    }
  }
}
