/// The `schema` section of a configuration: which features the networks see, and how.
public struct SchemaConfiguration: Codable, Sendable, Equatable {
  public var item = SideConfiguration()
  public var user = SideConfiguration()
  public var context = SideConfiguration()
  public var augment = AugmentConfiguration()
  /// The user's id as the categorical `id` of the user; `user.fields.id` may configure it.
  public var includeUserID = false
  /// The item's id as the categorical `id` of the item; `item.fields.id` may configure it.
  public var includeItemID = false

  public init() {}

  enum CodingKeys: String, CodingKey {
    case item, user, context, augment
    case includeUserID = "include_user_id"
    case includeItemID = "include_item_id"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let usual = SchemaConfiguration()
    item = try values.decodeIfPresent(SideConfiguration.self, forKey: .item) ?? usual.item
    user = try values.decodeIfPresent(SideConfiguration.self, forKey: .user) ?? usual.user
    context =
      try values.decodeIfPresent(SideConfiguration.self, forKey: .context) ?? usual.context
    augment =
      try values.decodeIfPresent(AugmentConfiguration.self, forKey: .augment) ?? usual.augment
    includeUserID =
      try values.decodeIfPresent(Bool.self, forKey: .includeUserID) ?? usual.includeUserID
    includeItemID =
      try values.decodeIfPresent(Bool.self, forKey: .includeItemID) ?? usual.includeItemID
  }
}

/// Numeric inputs that compare a candidate with the other candidates of its request.
public struct AugmentConfiguration: Codable, Sendable, Equatable {
  /// Item fields whose rank within the request becomes an input: 0 for the largest number, 1 for
  /// the smallest.
  public var rank: [String] = []
  /// Item fields for which the share of candidates with the same value becomes an input.
  public var share: [String] = []

  public init() {}

  enum CodingKeys: String, CodingKey {
    case rank, share
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    rank = try values.decodeIfPresent([String].self, forKey: .rank) ?? []
    share = try values.decodeIfPresent([String].self, forKey: .share) ?? []
  }
}
