package import ConfigurationFields
import ListPolicy
import Sessions

/// A source of inserts, such as advertisements or videos, and what a list may hold of it.
package struct MixedChannel: Configurable, Hashable {
  package var name = ""
  package var flag = ""
  package var ordered = true
  package var gap = 1
  package var first = 1
  package var minimum = 0
  package var maximum: Int?
  package var share: Double?
  package var price = 0.0

  package init() {}

  package init(name: String, flag: String) {
    self.name = name
    self.flag = flag
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "name", \.name, "What requests, answers and controllers call the channel.", .filled,
      isRequired: true),
    .init(
      "flag", \.flag,
      "Feature that flags a candidate of the channel when it is true or a number above 0. A candidate "
        + "without any channel's flag is an organic item.", .filled, isRequired: true),
    .init(
      "ordered", \.ordered,
      "Whether inserts keep the order of mixed.order and none is skipped. Without it any of them may stand "
        + "anywhere."),
    .init(
      "gap", \.gap, "At most one insert of the channel stands in so many successive places.",
      .atLeast(1), unit: "places"),
    .init("first", \.first, "First place, from 1, that an insert may stand in.", .atLeast(1)),
    .init(
      "minimum", \.minimum, "Fewest inserts of the channel in a list, as far as they can be had.",
      .atLeast(0), unit: "inserts"),
    .init(
      "maximum", \.maximum,
      "Most inserts of the channel in a list. By default as many as there are.",
      .atLeast(0), unit: "inserts"),
    .init(
      "share", \.share,
      "Most that the channel may have of the views of a list, where each place counts as often as it is "
        + "seen (mixed.view_decay). By default all.", .within(0...1)),
    .init(
      "price", \.price,
      "What an insert costs for each view that it takes, in units of the reward; below 0 it is favoured. A "
        + "controller of the service can move it."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard let maximum, maximum < minimum else { return [] }
    return [
      ConfigurationFault("maximum", expected: "at least minimum (\(minimum))", got: "\(maximum)")
    ]
  }

  /// What tells its candidates.
  var column: CandidateColumn { CandidateColumn(.flag, of: flag) }

  /// The channel as one request wants it.
  func with(_ bounds: ChannelBounds?) -> MixedChannel {
    guard let bounds else { return self }
    var channel = self
    channel.gap = max(bounds.gap ?? gap, 1)
    channel.first = max(bounds.first ?? first, 1)
    channel.minimum = max(bounds.minimum ?? minimum, 0)
    channel.maximum = bounds.maximum ?? maximum
    channel.share = bounds.share ?? share
    channel.price = bounds.price ?? price
    return channel
  }
}
