import Features
import Sessions

/// Users who share a value of one of their features.
struct UserGroup: Sendable {
  let feature: String
  let value: String
  /// By `FittedSchema.userKey`.
  var users: Set<UInt64> = []
  var requests = 0

  /// Values of a feature beyond which it is no way to divide users for a reader.
  private static let mostValues = 12
  /// Features that are told at most, those with the fewest values first.
  private static let mostFeatures = 6
  /// Users below which a group's figures are mostly chance.
  private static let fewestUsers = 5

  /// The groups of all features of users that are texts or flags with a few values, by feature and
  /// value. A user belongs to the value of the first session.
  static func groups(of sessions: [Session]) -> [UserGroup] {
    var values: [UInt64: [String: String]] = [:]
    var groups: [String: [String: UserGroup]] = [:]
    for session in sessions {
      let user = session.request.user
      let key = FittedSchema.userKey(user.id)
      let own = values[key] ?? words(user.features)
      values[key] = own
      for (feature, value) in own {
        var group = groups[feature]?[value] ?? UserGroup(feature: feature, value: value)
        group.users.insert(key)
        group.requests += 1
        groups[feature, default: [:]][value] = group
      }
    }
    let telling = groups.filter { (2...mostValues).contains($0.value.count) }
      .sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
    return telling.prefix(mostFeatures).flatMap { _, byValue in
      byValue.values.filter { $0.users.count >= fewestUsers }.sorted { $0.value < $1.value }
    }
  }

  private static func words(_ features: FeatureMap) -> [String: String] {
    var words: [String: String] = [:]
    for (name, value) in features {
      switch value {
      case .text(let text): words[name] = text
      case .flag(let flag): words[name] = flag ? "yes" : "no"
      case .number, .texts: break
      }
    }
    return words
  }
}
