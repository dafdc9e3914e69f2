package import ConfigurationFields

package enum SplitPart: String, Sendable, Hashable, Codable, CaseIterable {
  case train, validation, test
}

/// How sessions are divided into training, validation and test.
///
/// As configuration an object with one key: `{"time": {"train": 0.8, "validation": 0.1}}`,
/// `{"user": {"train": 0.8, "validation": 0.1, "seed": 0}}` or
/// `{"files": {"train": ["a.jsonl"], "validation": ["b.jsonl"], "test": ["c.jsonl"]}}`.
package enum SessionSplit: Sendable, Equatable {
  /// The earliest sessions train, the latest test. Sessions of equal time stay together.
  case time(SplitFractions = SplitFractions())
  /// All sessions of one user are in one part, chosen by a hash of id and seed.
  case user(SplitFractions = SplitFractions(), seed: UInt64 = 0)
  case files(SplitFiles)
}

/// Shares of the sessions or users; what they leave is the test part.
package struct SplitFractions: Configurable {
  /// Above 0.
  package var train = 0.8
  /// From 0; at most 1 together with `train`.
  package var validation = 0.1

  package init() {}

  package init(train: Double = 0.8, validation: Double = 0.1) {
    self.train = train
    self.validation = validation
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "train", \.train, "Share of the sessions or users to train on.", .above(0, upTo: 1),
      remedy: "write 0.8, for instance"),
    .init(
      "validation", \.validation,
      "Share to validate with, at most 1 together with train; what the two leave is the test part.",
      .within(0...1), remedy: "write 0.1, for instance"),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard train <= 1, validation <= 1, train + validation > 1 + 1e-9 else { return [] }
    return [
      ConfigurationFault(
        "validation", expected: "at most 1 together with train", got: "\(validation)",
        remedy: "write 0.1, for instance")
    ]
  }

  /// The test share; fractions such as 0.9 and 0.1 leave exactly 0, not a rounding error.
  package var test: Double {
    let rest = 1 - train - validation
    return rest < 1e-9 ? 0 : rest
  }
}

/// Session files by part.
package struct SplitFiles: Configurable {
  package var train: [String] = []
  package var validation: [String] = []
  package var test: [String] = []

  package init() {}

  package init(train: [String], validation: [String] = [], test: [String] = []) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "train", \.train, "Session files to train on.", .filled, isRequired: true,
      remedy: "name the session files to train on"),
    .init("validation", \.validation, "Session files to validate with."),
    .init("test", \.test, "Session files that training never looks at."),
  ]

  package subscript(part: SplitPart) -> [String] {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
