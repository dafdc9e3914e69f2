extension SessionSplit: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case time, user, files
  }

  private enum UserKey: String, CodingKey {
    case train, validation, seed
  }

  public init(from decoder: any Decoder) throws {
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
      let user = try values.nestedContainer(keyedBy: UserKey.self, forKey: .user)
      self = .user(
        try values.decode(SplitFractions.self, forKey: .user),
        seed: try user.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .time(let fractions): try values.encode(fractions, forKey: .time)
    case .files(let files): try values.encode(files, forKey: .files)
    case .user(let fractions, let seed):
      var user = values.nestedContainer(keyedBy: UserKey.self, forKey: .user)
      try user.encode(fractions.train, forKey: .train)
      try user.encode(fractions.validation, forKey: .validation)
      try user.encode(seed, forKey: .seed)
    }
  }

  /// All faults of the configuration.
  public func faults(at pointer: String = "") -> [FieldError] {
    switch self {
    case .time(let fractions): fractions.faults(at: pointer + "/time")
    case .user(let fractions, _): fractions.faults(at: pointer + "/user")
    case .files(let files):
      files.train.isEmpty
        ? [
          FieldError(
            pointer: pointer + "/files/train", expected: "at least one file", got: "none",
            remedy: "name the session files to train on")
        ] : []
    }
  }
}
