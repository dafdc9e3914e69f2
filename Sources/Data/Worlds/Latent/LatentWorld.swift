package import Sessions

/// A shop whose law no feature spells out: likeness lies in a hidden space, and readers leave.
///
/// Users and items are vectors in a hidden space. What an item loses by the items above it
/// depends on their hidden likeness, of which features show a rotated, noisy picture and shops
/// almost nothing; the user reads from the top and leaves when satisfied or bored
/// (`LatentTruth`). Logged lists follow an upstream score (`LatentLogging`).
package struct LatentWorld: World {
  package let configuration: LatentWorldConfiguration
  let users: [LatentUser]
  let items: [LatentItem]
  /// Features of an item that are the same in every request.
  let itemFeatures: [FeatureMap]
  let userFeatures: [FeatureMap]

  /// - Precondition: `configuration.validate()` is empty.
  package init(_ configuration: LatentWorldConfiguration) {
    let faults = configuration.validate()
    precondition(faults.isEmpty, "unsound world: \(faults.joined(separator: "; "))")
    let space = LatentSpace(configuration)
    let users = (0..<configuration.users).map {
      LatentUser(number: $0, configuration: configuration, space: space)
    }
    let items = (0..<configuration.items).map {
      LatentItem(number: $0, configuration: configuration, space: space)
    }
    self.configuration = configuration
    self.users = users
    self.items = items
    userFeatures = users.indices.map {
      users[$0].features(number: $0, configuration: configuration, space: space)
    }
    itemFeatures = items.indices.map {
      items[$0].features(number: $0, configuration: configuration, space: space)
    }
  }
}

extension LatentWorld {
  package static let name = "latent"

  /// A purchase comes a minute after the click.
  package static let kinds: [FeedbackKind] = [.click, FeedbackKind("buy") { _ in 60 }]

  package var seed: UInt64 { configuration.seed }
  package var listLength: Int { configuration.listLength }
  package var ids: NumberedIds { NumberedIds(users: users.count, items: items.count) }
  package var clock: SessionClock { SessionClock() }

  /// Whether it knows the ids, and its items have the shops and prices that the request says.
  package func knows(_ request: Request) -> Bool {
    ids.know(request, features: ["shop", "price"], of: itemFeatures)
  }
}
