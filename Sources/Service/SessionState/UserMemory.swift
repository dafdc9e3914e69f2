package import EventIngest
package import Sessions

/// What a service remembers of its users, wherever it is kept.
package protocol UserMemory: Sendable {
  /// What a user saw and did before `time`, oldest first; nothing for someone without an id.
  func history(of user: String, before time: Double) throws(UserMemoryError) -> [Behaviour]

  /// A list was served.
  ///
  /// - Parameter items: from the top down.
  func show(
    _ items: [Candidate], in list: String, to user: String, at time: Double
  ) throws(UserMemoryError)

  /// Users did something with items of served lists.
  ///
  /// - Returns: how many belong to a list that is remembered.
  @discardableResult
  func add(_ interactions: [InteractionEvent]) throws(UserMemoryError) -> Int
}

/// Why a memory cannot be asked now.
package struct UserMemoryError: Error, Sendable, Equatable, CustomStringConvertible {
  package let place: String
  package let reason: String

  package init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  package var description: String {
    "histories of users at \(place): expected an answer, got none (\(reason)); see that it runs and "
      + "can be reached"
  }
}

extension SessionState: UserMemory {}
