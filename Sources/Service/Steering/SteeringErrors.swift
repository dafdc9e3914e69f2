/// One thing that is wrong with a `SteeringConfiguration`.
public struct SteeringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Below `serving.steering`, as in `rules.0.preset`.
  public var key: String
  public var expected: String
  public var got: String

  public var description: String { "steering.\(key): expected \(expected), got \(got)" }
}

/// Everything that is wrong at once; never empty.
public struct SteeringErrors: Error, Sendable, Equatable, CustomStringConvertible {
  public var faults: [SteeringError]

  init(_ faults: [SteeringError]) { self.faults = faults }

  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
