/// What is wrong with a configuration's objectives, all of it at once.
public struct ObjectivesError: Error, Sendable, Equatable, CustomStringConvertible {
  public var messages: [String]

  public init(messages: [String]) {
    self.messages = messages
  }

  public var description: String {
    "objectives: " + messages.joined(separator: "; ")
  }
}
