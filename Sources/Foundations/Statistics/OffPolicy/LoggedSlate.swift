/// One logged list as off-policy evaluation sees it.
package struct LoggedSlate: Sendable, Equatable {
  /// Whose list it was: slates of one user resemble each other and are drawn together.
  package var cluster: UInt64
  /// Top down.
  package var slots: [LoggedSlot]

  package init(cluster: UInt64, slots: [LoggedSlot]) {
    self.cluster = cluster
    self.slots = slots
  }
}

/// One slot of a logged list. All chances are those of the item that was logged there.
package struct LoggedSlot: Sendable, Equatable {
  /// What the slot earned: clicks, seconds...
  package var reward: Double
  /// Chance under the logging policy given the items above, in (0, 1]; nil when it was not logged.
  package var logging: Double?
  /// Chance under the target policy given the same items above, in 0...1.
  package var target: Double
  /// Needed by `cascadeDoublyRobust` only.
  package var prediction: Prediction?

  /// What a model expects, given the items above.
  package struct Prediction: Sendable, Equatable {
    /// Q-hat of the logged item: the reward of this slot and those below when the target policy
    /// goes on from here. The slot's own reward alone is allowed as well, if V-hat means the same.
    package var logged: Double
    /// V-hat: the expectation of Q-hat over the target policy's items in this slot, exact.
    package var expected: Double

    package init(logged: Double, expected: Double) {
      self.logged = logged
      self.expected = expected
    }
  }

  package init(
    reward: Double, logging: Double?, target: Double, prediction: Prediction? = nil
  ) {
    self.reward = reward
    self.logging = logging
    self.target = target
    self.prediction = prediction
  }
}
