import ConfigurationFields

/// The keys that define a utility, as a configuration and a checkpoint both write them.
///
/// Exactly one of the first seven says which utility it is; the last three belong to one each.
public struct ObjectiveTerms: Configurable {
  /// Feedback kind whose expected number over the list counts.
  public var predicted: String?
  /// Flag whose mean over the list counts.
  public var share: String?
  /// Flag of which a `target` share is wanted.
  public var quota: String?
  /// Group that should not repeat, within `window` positions if given.
  public var distinct: String?
  /// Number by which the list should fall.
  public var order: String?
  /// Number whose mean counts.
  public var mean: String?
  /// Number whose mean counts, upper positions more.
  public var discounted: String?

  /// `sum` (default) or `any`; for `predicted`.
  public var aggregate: String?
  /// In (0, 1]; for `quota`.
  public var target: Double?
  /// At least 1, the whole list by default; for `distinct`.
  public var window: Int?

  public init() {}

  init(_ definition: Objective.Definition) {
    switch definition {
    case .predicted(let feedback, let aggregation):
      predicted = feedback
      aggregate = aggregation.rawValue
    case .rule(.share(let flag)): share = flag
    case .rule(.quota(let flag, let target)):
      quota = flag
      self.target = Double(target)
    case .rule(.distinct(let group, let window)):
      distinct = group
      self.window = window
    case .rule(.order(let priority)): order = priority
    case .rule(.mean(let number)): mean = number
    case .rule(.discounted(let number)): discounted = number
    }
  }

  /// - Throws: what is missing or does not belong, naming the objective.
  func definition(of name: String) throws(ObjectivesError) -> Objective.Definition {
    let found = faults(of: name)
    guard found.isEmpty else { throw ObjectivesError(messages: found) }
    if let predicted {
      return .predicted(feedback: predicted, Aggregation(rawValue: aggregate ?? "sum") ?? .sum)
    }
    if let share { return .rule(.share(flag: share)) }
    if let quota { return .rule(.quota(flag: quota, target: Float(target ?? 1))) }
    if let distinct { return .rule(.distinct(group: distinct, window: window)) }
    if let order { return .rule(.order(priority: order)) }
    if let mean { return .rule(.mean(number: mean)) }
    return .rule(.discounted(number: discounted ?? ""))
  }
}
