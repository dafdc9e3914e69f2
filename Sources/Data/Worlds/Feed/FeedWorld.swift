package import Sessions

/// A recommendation feed whose truth is known in closed form.
///
/// Users and items have hidden tastes, topics and qualities; requests show noisy parts of them.
/// What a user clicks depends on the whole list (`FeedTruth`), what was logged on an upstream
/// score with rules bolted on (`FeedLogging`). Hidden numbers are functions of the configuration
/// and the ids, so the truth also works for requests that came back from a file.
package struct FeedWorld: World {
  package let configuration: FeedWorldConfiguration
  let users: [FeedUser]
  let items: [FeedItem]
  /// Features of an item that do not change with time.
  let itemFeatures: [FeatureMap]
  let userFeatures: [FeatureMap]
  let popular: CumulativeChances
  /// Numbers of the items of each shop.
  let itemsOfShops: [[Int]]
  /// Numbers of the items of each kind.
  let itemsOfKinds: [[Int]]

  /// - Precondition: `configuration.validate()` is empty.
  package init(_ configuration: FeedWorldConfiguration) {
    let faults = configuration.validate()
    precondition(faults.isEmpty, "unsound world: \(faults.joined(separator: "; "))")
    let market = FeedMarket(configuration)
    let users = (0..<configuration.users).map { FeedUser(seed: configuration.seed, number: $0) }
    let items = (0..<configuration.items).map {
      FeedItem(number: $0, configuration: configuration, market: market)
    }
    self.configuration = configuration
    self.users = users
    self.items = items
    userFeatures = users.indices.map {
      users[$0].features(number: $0, configuration: configuration, market: market)
    }
    itemFeatures = items.indices.map {
      items[$0].features(number: $0, configuration: configuration)
    }
    var itemsOfShops = [[Int]](repeating: [], count: configuration.shops)
    for (number, item) in items.enumerated() { itemsOfShops[item.shop].append(number) }
    self.itemsOfShops = itemsOfShops
    itemsOfKinds = FeedKind.allCases.map { kind in items.indices.filter { items[$0].kind == kind } }
    popular = CumulativeChances(items.map(\.popularity))
  }

  /// The request part of session number `index`.
  package func request(_ index: Int) -> Request {
    precondition(index >= 0, "sessions are numbered from 0, got \(index)")
    if configuration.interestDrift > 0 { return visitRequest(index) }
    var stream = stream("request", index)
    let user = user(&stream)
    return draw(id: "r\(index)", user: user, at: time(index), &stream)
  }
}
