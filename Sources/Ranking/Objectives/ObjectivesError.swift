/// What is wrong with a configuration's objectives, all of it at once.
package struct ObjectivesError: Error, Sendable, Equatable, CustomStringConvertible {
  package var messages: [String]

  package init(messages: [String]) {
    self.messages = messages
  }

  package var description: String {
    "objectives: " + messages.joined(separator: "; ")
  }
}
