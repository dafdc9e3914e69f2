package import Objectives
package import Worlds

extension FeedWorld {
  /// The objectives that fit this world: clicks, likes, cold items, shops and priorities.
  package static let objectives: [ObjectiveConfiguration] = [
    ObjectiveConfiguration(name: "click", .predicted(feedback: "click", .sum)),
    ObjectiveConfiguration(name: "like", .predicted(feedback: "like", .sum)),
    ObjectiveConfiguration(name: "cold_start", .rule(.share(flag: "is_cold"))),
    ObjectiveConfiguration(name: "shops", .rule(.distinct(group: "shop", window: nil))),
    ObjectiveConfiguration(name: "priority", .rule(.order(priority: "priority"))),
  ]
}
