import ListRules

extension MixedChannel {
  /// The channel with what rules of whole lists say of its flag, which a plan then keeps exactly. Other rules
  /// are held against the finished plans.
  func under(_ rules: PlacementRules?, length: Int) -> MixedChannel {
    var channel = self
    for rule in rules?.rules ?? [] where rule.flag == flag {
      if let least = rule.atLeast {
        channel.minimum = max(channel.minimum, least)
      }
      if rule.atMost == 1, let window = rule.window {
        channel.gap = max(channel.gap, window)
      } else if rule.window == nil || (rule.window ?? 0) >= length {
        let most = rule.atMost ?? rule.maximumShare.map { Int($0 * Double(length) + 1e-9) }
        if let most { channel.maximum = min(channel.maximum ?? most, most) }
      }
    }
    if let maximum = channel.maximum { channel.minimum = min(channel.minimum, maximum) }
    return channel
  }
}
