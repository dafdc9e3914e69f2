/// Something that the user of a request saw or did before it: an item that was shown to them, a
/// click, anything that a log names.
public struct Behaviour: Sendable, Equatable {
  /// What it was: `exposure` for an item that was shown, else a kind of interaction such as `click`.
  public var type: String
  /// Seconds since 1970-01-01 UTC.
  public var time: Double
  public var item: Candidate
  /// The item's place in its list, from 1; nil where it is not known.
  public var position: Int?
  /// How it was done: seconds of dwell, speed of scrolling, whether the item went into the cart.
  public var action: FeatureMap

  /// The type of an item that was shown.
  public static let exposure = "exposure"

  public init(
    type: String, time: Double, item: Candidate, position: Int? = nil, action: FeatureMap = [:]
  ) {
    self.type = type
    self.time = time
    self.item = item
    self.position = position
    self.action = action
  }
}
