/// One request with its generated and its logged list, item by item.
public struct RequestExample: Codable, Sendable, Equatable {
  /// The request's id as logged.
  public let request: String
  /// By objective.
  public let weights: [String: Double]
  /// Reward of the generated list minus that of the logged one, by the judge where there is one.
  public let gain: Double
  public let generated: ExampleList
  public let logged: ExampleList

  public init(
    request: String, weights: [String: Double], gain: Double, generated: ExampleList,
    logged: ExampleList
  ) {
    self.request = request
    self.weights = weights
    self.gain = gain
    self.generated = generated
    self.logged = logged
  }
}

public struct ExampleList: Codable, Sendable, Equatable {
  /// By objective, raw units, as the gain was judged.
  public let utilities: [String: Double]
  /// From the top down.
  public let items: [ExampleItem]

  public init(utilities: [String: Double], items: [ExampleItem]) {
    self.utilities = utilities
    self.items = items
  }
}

public struct ExampleItem: Codable, Sendable, Equatable {
  public let id: String
  /// What the rules read and a few more features, by name, as text.
  public let features: [String: String]
  /// Expected feedback in this place, by kind.
  public let expected: [String: Double]
  /// 1-based place in the other list; nil when it is not there.
  public let elsewhere: Int?

  public init(
    id: String, features: [String: String], expected: [String: Double], elsewhere: Int?
  ) {
    self.id = id
    self.features = features
    self.expected = expected
    self.elsewhere = elsewhere
  }
}

/// The requests where the generated list gained most and least, five each at most.
public struct ExampleSet: Codable, Sendable, Equatable {
  public let best: [RequestExample]
  public let worst: [RequestExample]

  public init(best: [RequestExample], worst: [RequestExample]) {
    self.best = best
    self.worst = worst
  }
}
