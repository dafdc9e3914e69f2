package import ConfigurationFields

extension SessionSplit: ConfigurationValue {
  private enum Key: String, CodingKey, CaseIterable {
    case time, user, files
  }

  /// What stands under `user`.
  private struct UserSplit: Configurable {
    var fractions = SplitFractions()
    var seed: UInt64 = 0

    static let fields: [ConfigurationField<Self>] =
      ConfigurationField.group(\.fractions) + [
        .init("seed", \.seed, "Another seed puts other users into the parts.")
      ]
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    guard values.allKeys.count == 1, let key = values.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected one of the keys time, user, files, got "
            + "\(values.allKeys.count); write for instance {\"time\": {\"train\": 0.8}}"))
    }
    switch key {
    case .time: self = .time(try values.decode(SplitFractions.self, forKey: .time))
    case .files: self = .files(try values.decode(SplitFiles.self, forKey: .files))
    case .user:
      let user = try values.decode(UserSplit.self, forKey: .user)
      self = .user(user.fractions, seed: user.seed)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .time(let fractions): try values.encode(fractions, forKey: .time)
    case .files(let files): try values.encode(files, forKey: .files)
    case .user(let fractions, let seed):
      try values.encode(UserSplit(fractions: fractions, seed: seed), forKey: .user)
    }
  }

  package static func form(defaults: SessionSplit?) -> ConfigurationForm {
    var keys = [
      KeyDescription("time", SplitFractions.self, "By time: the earliest sessions train."),
      KeyDescription("user", UserSplit.self, "By user: all sessions of a user are in one part."),
      KeyDescription("files", SplitFiles.self, "By file."),
    ]
    let chosen =
      switch defaults ?? .user() {
      case .time: "time"
      case .user: "user"
      case .files: "files"
      }
    for place in keys.indices where keys[place].key != chosen { keys[place].standard = nil }
    return .section(ConfigurationSection(keys: keys, takesOneKey: true))
  }

  /// All faults of the configuration.
  package func faults(at path: String, within: ConfigurationBounds) -> [ConfigurationFault] {
    switch self {
    case .time(let fractions): fractions.faults(at: path + ".time")
    case .user(let fractions, _): fractions.faults(at: path + ".user")
    case .files(let files): files.faults(at: path + ".files")
    }
  }
}
