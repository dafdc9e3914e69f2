import StrictYAML

enum Baseline: String, CaseIterable, Codable, Hashable, Sendable {
  case leaveOneOut = "leave_one_out"
  case logged
  case greedy
}

/// Written as the package's configurations are: every key optional, defaults beside it.
struct GeneratorSample: Codable, Equatable {
  var steps = 1000
  var rate = 1e-3
  var baseline = Baseline.leaveOneOut
  var name = "g"
  var wide = false
  var clip: Float?
  var layers = [64, 32]

  enum CodingKeys: String, CodingKey {
    case steps, rate, baseline, name, wide, clip
    case layers = "hidden_layers"
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    steps = try c.decodeIfPresent(Int.self, forKey: .steps) ?? steps
    rate = try c.decodeIfPresent(Double.self, forKey: .rate) ?? rate
    baseline = try c.decodeIfPresent(Baseline.self, forKey: .baseline) ?? baseline
    name = try c.decodeIfPresent(String.self, forKey: .name) ?? name
    wide = try c.decodeIfPresent(Bool.self, forKey: .wide) ?? wide
    clip = try c.decodeIfPresent(Float.self, forKey: .clip)
    layers = try c.decodeIfPresent([Int].self, forKey: .layers) ?? layers
  }
}

struct TrainingSample: Codable, Equatable {
  var generator = GeneratorSample()
  var seed: UInt64 = 1

  init() {}

  init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    generator = try c.decodeIfPresent(GeneratorSample.self, forKey: .generator) ?? generator
    seed = try c.decodeIfPresent(UInt64.self, forKey: .seed) ?? seed
  }
}

/// The faults of decoding a text, none when it decodes.
func faults<T: Decodable>(
  _ text: String, as type: T.Type, at path: [String] = []
) -> [ConfigurationError] {
  do {
    _ = try YAMLDocument(text: text, file: "c.yaml").decode(type, at: path)
    return []
  } catch {
    return error.faults
  }
}

func decoded<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
  try YAMLDocument(text: text, file: "c.yaml").decode(type)
}
