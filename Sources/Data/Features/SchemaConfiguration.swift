import ConfigurationFields

/// The `schema` section of a configuration: which features the networks see, and how.
public struct SchemaConfiguration: Configurable {
  public var item = SideConfiguration()
  public var user = SideConfiguration()
  public var context = SideConfiguration()
  public var augment = AugmentConfiguration()
  public var includeUserID = false
  public var includeItemID = false

  public init() {}

  public static let fields: [ConfigurationField<Self>] = [
    .init("item", \.item, "Features of the candidates."),
    .init("user", \.user, "Features of the user."),
    .init("context", \.context, "Features of the request itself, such as its device."),
    .init(
      "augment", \.augment,
      "Numbers that compare a candidate with the other candidates of its request."),
    .init(
      "include_user_id", \.includeUserID,
      "Whether the user's id is a categorical feature of the user, named id."),
    .init(
      "include_item_id", \.includeItemID,
      "Whether the item's id is a categorical feature of the item, named id."),
  ]
}

/// Numeric inputs that compare a candidate with the other candidates of its request.
public struct AugmentConfiguration: Configurable {
  public var rank: [String] = []
  public var share: [String] = []

  public init() {}

  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "rank", \.rank,
      "Item features whose rank within the request becomes an input: 0 for the largest number, 1 for "
        + "the smallest."),
    .init(
      "share", \.share,
      "Item features for which the share of candidates with the same value becomes an input."),
  ]

  public func faultsBetweenKeys() -> [ConfigurationFault] {
    repeats(in: rank, at: "rank") + repeats(in: share, at: "share")
  }
}
