/// One request with its generated and its logged list, item by item.
package struct RequestExample: Codable, Sendable, Equatable {
  /// The request's id as logged.
  package let request: String
  /// By objective.
  package let weights: [String: Double]
  /// Reward of the generated list minus that of the logged one, by the judge where there is one.
  package let gain: Double
  package let generated: ExampleList
  package let logged: ExampleList

  package init(
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

package struct ExampleList: Codable, Sendable, Equatable {
  /// By objective, raw units, as the gain was judged.
  package let utilities: [String: Double]
  /// From the top down.
  package let items: [ExampleItem]

  package init(utilities: [String: Double], items: [ExampleItem]) {
    self.utilities = utilities
    self.items = items
  }
}

package struct ExampleItem: Codable, Sendable, Equatable {
  package let id: String
  /// What the rules read and a few more features, by name, as text.
  package let features: [String: String]
  /// Expected feedback in this place, by kind.
  package let expected: [String: Double]
  /// 1-based place in the other list; nil when it is not there.
  package let elsewhere: Int?

  package init(
    id: String, features: [String: String], expected: [String: Double], elsewhere: Int?
  ) {
    self.id = id
    self.features = features
    self.expected = expected
    self.elsewhere = elsewhere
  }
}

/// The requests where the generated list gained most and least, five each at most.
package struct ExampleSet: Codable, Sendable, Equatable {
  package let best: [RequestExample]
  package let worst: [RequestExample]

  package init(best: [RequestExample], worst: [RequestExample]) {
    self.best = best
    self.worst = worst
  }
}
