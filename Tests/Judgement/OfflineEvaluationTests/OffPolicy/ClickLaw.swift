import Worlds

/// What a click in a slot depends on, from the item alone to the world's own.
enum ClickLaw: String, Codable, CaseIterable, Sendable {
  /// On the item itself.
  case ownItem = "own item"
  /// On the item and those above.
  case itemsAbove = "items above"
  /// On the item, those above and the one directly below.
  case neighbours

  /// Small enough for exact expectations over all lists, with strong effects between items.
  func configuration(exploration: Double) -> FeedWorldConfiguration {
    var c = FeedWorldConfiguration()
    (c.users, c.items, c.shops, c.categories) = (400, 600, 6, 3)
    (c.candidates, c.listLength, c.exploration) = (6, 3, exploration)
    c.base = -0.7
    c.shopRedundancy = self == .ownItem ? 0 : 2
    c.categoryRedundancy = self == .ownItem ? 0 : 1
    c.contrast = self == .neighbours ? 2 : 0
    c.kindContrast = self == .neighbours ? 1 : 0
    return c
  }
}
