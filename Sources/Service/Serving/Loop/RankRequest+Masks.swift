import ListRules
import Sessions

extension RankRequest {
  /// What the list is restricted to, for the log: nil for nothing. Means something once resolved
  /// and planned.
  var masks: ListMasks? {
    let masks = ListMasks(
      pins: pins.map { ListMasks.Pin(id: $0.id, position: $0.position) },
      ban: plan.bans.sorted().map { items[$0].id },
      require: plan.required.sorted().map { items[$0].id },
      rules: plan.placement?.rules.map(\.record) ?? [])
    return masks.isEmpty ? nil : masks
  }
}
