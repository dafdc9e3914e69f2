import JSON
import Sessions

/// What a client must know about the model it talks to: the answer of `GET /v1/model`.
public struct ModelDescription: Sendable, Equatable {
  public struct Objective: Sendable, Equatable {
    public var name: String
    /// What the utility measures, as the configuration says it: `share(cold_start)`.
    public var definition: String
    /// s of the reward: the standard deviation of the utility over logged and random lists.
    public var scale: Double
    /// Normalised weights that training drew for it.
    public var trainedWeights: ClosedRange<Double>

    public init(
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
  public struct Feature: Sendable, Equatable {
    public var name: String
    /// `number`, `categorical`, `bag`, ... as the schema calls it.
    public var kind: String

    public init(name: String, kind: String) {
      self.name = name
      self.kind = kind
    }
  }

  public struct Schema: Sendable, Equatable {
    public var item: [Feature]
    public var user: [Feature]
    public var context: [Feature]

    public init(item: [Feature] = [], user: [Feature] = [], context: [Feature] = []) {
      self.item = item
      self.user = user
      self.context = context
    }
  }

  /// Where no model is loaded.
  static let none = ModelDescription(name: "", version: "", objectives: [])

  public var name: String
  public var version: String
  /// In the order of w.
  public var objectives: [Objective]
  public var schema: Schema
  /// Sizes the model can fill.
  public var listLengths: ClosedRange<Int>

  public init(
    name: String, version: String, objectives: [Objective], schema: Schema = Schema(),
    listLengths: ClosedRange<Int> = 1...Int(Int32.max)
  ) {
    self.name = name
    self.version = version
    self.objectives = objectives
    self.schema = schema
    self.listLengths = listLengths
  }
}

extension ModelDescription {
  public var json: JSONValue {
    [
      "name": .string(name), "version": .string(version),
      "objectives": .array(objectives.map(\.json)),
      "schema": [
        "item": .array(schema.item.map(\.json)), "user": .array(schema.user.map(\.json)),
        "context": .array(schema.context.map(\.json)),
      ],
      "list_length": [
        "minimum": .number(Double(listLengths.lowerBound)),
        "maximum": .number(Double(listLengths.upperBound)),
      ],
    ]
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
