import ConfigurationFields

/// What the values of a kind of feedback are, as a configuration declares them.
package enum FeedbackType: String, ConfigurationChoice {
  /// 0 or 1 per place, predicted as a probability.
  case binary
  /// Any number per place, predicted as one.
  case number
}
