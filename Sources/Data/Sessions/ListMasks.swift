/// What settled before any policy chose which item could stand where in a served list.
///
/// A propensity is a chance among what the masks left open, so another policy can only be held
/// against it under the same masks.
public struct ListMasks: Sendable, Equatable {
  /// An item that had to stand at a position, counted from 1.
  public struct Pin: Sendable, Equatable {
    public var id: String
    public var position: Int

    public init(id: String, position: Int) {
      self.id = id
      self.position = position
    }
  }

  public var pins: [Pin]
  /// Ids of items that could not come.
  public var ban: [String]
  /// Ids of items that had to come, wherever.
  public var require: [String]
  /// Placement rules by the keys of a service's configuration: `{"flag": "is_ad", "at_most": 1}`.
  public var rules: [FeatureMap]

  public init(
    pins: [Pin] = [], ban: [String] = [], require: [String] = [], rules: [FeatureMap] = []
  ) {
    self.pins = pins
    self.ban = ban
    self.require = require
    self.rules = rules
  }

  public var isEmpty: Bool {
    pins.isEmpty && ban.isEmpty && require.isEmpty && rules.isEmpty
  }

  /// Why these masks cannot have been in force when a list was written: a pinned item stands
  /// elsewhere, or a banned one in it. Nil where they can; rules are not looked at, since a list
  /// may have to break one.
  ///
  /// - Parameters:
  ///   - list: ids from the top down.
  ///   - pointer: of the masks in their document.
  package func fault(of list: [String], at pointer: String = "/masks") -> FieldError? {
    for (number, pin) in pins.enumerated() {
      let shown = (1...max(list.count, 1)).contains(pin.position) && !list.isEmpty
      guard shown, list[pin.position - 1] == pin.id else {
        return FieldError(
          pointer: "\(pointer)/pins/\(number)",
          expected: shown
            ? "the item shown at position \(pin.position), \"\(list[pin.position - 1])\""
            : "a position of the list, 1 to \(list.count)",
          got: shown ? "\"\(pin.id)\"" : "\(pin.position)",
          remedy: "record the masks that the list was written under")
      }
    }
    guard let number = ban.firstIndex(where: list.contains) else { return nil }
    return FieldError(
      pointer: "\(pointer)/ban/\(number)", expected: "an item that was not shown",
      got: "\"\(ban[number])\"", remedy: "record the masks that the list was written under")
  }
}
