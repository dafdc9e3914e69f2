package import Objectives
package import Worlds

extension LatentWorld {
  /// The objectives that fit this world: clicks, purchases and new items.
  package static let objectives: [ObjectiveConfiguration] = [
    ObjectiveConfiguration(name: "click", .predicted(feedback: "click", .sum)),
    ObjectiveConfiguration(name: "buy", .predicted(feedback: "buy", .sum)),
    ObjectiveConfiguration(name: "new_items", .rule(.share(flag: "is_new"))),
  ]
}
