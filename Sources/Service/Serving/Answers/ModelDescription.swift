package import JSON
package import ListPolicy
import Sessions

/// What a client must know about the model it talks to: the answer of `GET /v1/model`.
package struct ModelDescription: Sendable, Equatable {
  package struct Objective: Sendable, Equatable {
    package var name: String
    /// What the utility measures, as the configuration says it: `share(cold_start)`.
    package var definition: String
    /// s of the reward: the standard deviation of the utility over logged and random lists.
    package var scale: Double
    /// Normalised weights that training drew for it.
    package var trainedWeights: ClosedRange<Double>

    package init(
      name: String, definition: String, scale: Double,
      trainedWeights: ClosedRange<Double> = 0...1
    ) {
      self.name = name
      self.definition = definition
      self.scale = scale
      self.trainedWeights = trainedWeights
    }
  }

  /// A feature that the model reads.
  package struct Feature: Sendable, Equatable {
    package var name: String
    /// `number`, `categorical`, `bag`, ... as the schema calls it.
    package var kind: String

    package init(name: String, kind: String) {
      self.name = name
      self.kind = kind
    }
  }

  /// A sequence of behaviours that the model reads.
  package struct Sequence: Sendable, Equatable {
    package var name: String
    package var types: [String]
    /// Most behaviours that are looked at, the newest.
    package var length: Int
    package var action: [Feature]

    package init(name: String, types: [String], length: Int, action: [Feature]) {
      self.name = name
      self.types = types
      self.length = length
      self.action = action
    }
  }

  package struct Schema: Sendable, Equatable {
    package var item: [Feature]
    package var user: [Feature]
    package var context: [Feature]
    package var history: [Sequence]

    package init(
      item: [Feature] = [], user: [Feature] = [], context: [Feature] = [], history: [Sequence] = []
    ) {
      self.item = item
      self.user = user
      self.context = context
      self.history = history
    }
  }

  /// Where no model is loaded.
  static let none = ModelDescription(name: "", version: "", objectives: [])

  package var name: String
  package var version: String
  /// In the order of w.
  package var objectives: [Objective]
  package var schema: Schema
  /// Sizes the model can fill.
  package var listLengths: ClosedRange<Int>
  /// The longest list it was trained on; nil where nobody knows. Longer ones are written all the same,
  /// but the evaluators do not look at what is behind it.
  package var trainedLength: Int?
  /// Kinds of feedback that it was trained on.
  package var feedback: [String]
  /// Channels of a mixed feed; empty for other models.
  package var channels: [FeedChannelDescription]

  package init(
    name: String, version: String, objectives: [Objective], schema: Schema = Schema(),
    listLengths: ClosedRange<Int> = 1...Int(Int32.max), trainedLength: Int? = nil,
    feedback: [String] = [], channels: [FeedChannelDescription] = []
  ) {
    self.name = name
    self.version = version
    self.objectives = objectives
    self.schema = schema
    self.listLengths = listLengths
    self.trainedLength = trainedLength
    self.feedback = feedback
    self.channels = channels
  }

  /// No list is longer than its candidates, of which a request has at most so many.
  func limited(toItems most: Int) -> ModelDescription {
    var limited = self
    let least = listLengths.lowerBound
    limited.listLengths = least...max(least, min(listLengths.upperBound, most))
    return limited
  }
}

extension ModelDescription {
  package var json: JSONValue {
    let members: JSONValue = [
      "name": .string(name), "version": .string(version),
      "objectives": .array(objectives.map(\.json)),
      "schema": schema.json,
      "list_length": [
        "minimum": .number(Double(listLengths.lowerBound)),
        "maximum": .number(Double(listLengths.upperBound)),
        "trained_maximum": trainedLength.map { .number(Double($0)) } ?? .null,
      ],
      "feedback": .array(feedback.map { .string($0) }),
    ]
    guard !channels.isEmpty, case .object(let known) = members else { return members }
    return .object(known + [("channels", .array(channels.map(\.json)))])
  }
}

extension ModelDescription.Schema {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("item", .array(item.map(\.json))), ("user", .array(user.map(\.json))),
      ("context", .array(context.map(\.json))),
    ]
    if !history.isEmpty {
      members.append(
        (
          "history",
          .array(
            history.map { sequence in
              [
                "name": .string(sequence.name),
                "types": .array(sequence.types.map { .string($0) }),
                "length": .number(Double(sequence.length)),
                "action": .array(sequence.action.map(\.json)),
              ]
            })
        ))
    }
    return .object(members)
  }
}

extension ModelDescription.Objective {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "definition": .string(definition), "scale": .number(scale),
      "trained_weights": [
        "minimum": .number(trainedWeights.lowerBound),
        "maximum": .number(trainedWeights.upperBound),
      ],
    ]
  }
}

extension ModelDescription.Feature {
  fileprivate var json: JSONValue { ["name": .string(name), "kind": .string(kind)] }
}
