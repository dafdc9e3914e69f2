public enum SplitPart: String, Sendable, Hashable, Codable, CaseIterable {
  case train, validation, test
}

/// How sessions are divided into training, validation and test.
///
/// As configuration an object with one key: `{"time": {"train": 0.8, "validation": 0.1}}`,
/// `{"user": {"train": 0.8, "validation": 0.1, "seed": 0}}` or
/// `{"files": {"train": ["a.jsonl"], "validation": ["b.jsonl"], "test": ["c.jsonl"]}}`.
public enum SessionSplit: Sendable, Equatable {
  /// The earliest sessions train, the latest test. Sessions of equal time stay together.
  case time(SplitFractions = SplitFractions())
  /// All sessions of one user are in one part, chosen by a hash of id and seed.
  case user(SplitFractions = SplitFractions(), seed: UInt64 = 0)
  case files(SplitFiles)
}

/// Shares of the sessions or users; what they leave is the test part.
public struct SplitFractions: Sendable, Equatable, Codable {
  /// Above 0.
  public var train: Double
  /// From 0; at most 1 together with `train`.
  public var validation: Double

  public init(train: Double = 0.8, validation: Double = 0.1) {
    self.train = train
    self.validation = validation
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let defaults = SplitFractions()
    train = try values.decodeIfPresent(Double.self, forKey: .train) ?? defaults.train
    validation =
      try values.decodeIfPresent(Double.self, forKey: .validation) ?? defaults.validation
  }

  /// The test share; fractions such as 0.9 and 0.1 leave exactly 0, not a rounding error.
  public var test: Double {
    let rest = 1 - train - validation
    return rest < 1e-9 ? 0 : rest
  }

  func faults(at pointer: String) -> [FieldError] {
    var faults: [FieldError] = []
    if !(train > 0 && train <= 1) {
      faults.append(
        FieldError(
          pointer: pointer + "/train", expected: "a share above 0 and up to 1", got: "\(train)",
          remedy: "write 0.8, for instance"))
    }
    if !(validation >= 0 && train + validation <= 1 + 1e-9) {
      faults.append(
        FieldError(
          pointer: pointer + "/validation", expected: "a share from 0, at most 1 with train",
          got: "\(validation)", remedy: "write 0.1, for instance"))
    }
    return faults
  }
}

/// Session files by part.
public struct SplitFiles: Sendable, Equatable, Codable {
  public var train: [String]
  public var validation: [String]
  public var test: [String]

  public init(train: [String], validation: [String] = [], test: [String] = []) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    train = try values.decode([String].self, forKey: .train)
    validation = try values.decodeIfPresent([String].self, forKey: .validation) ?? []
    test = try values.decodeIfPresent([String].self, forKey: .test) ?? []
  }

  public subscript(part: SplitPart) -> [String] {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
