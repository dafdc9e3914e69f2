/// A sequence of behaviours after training data was seen.
package struct FittedHistory: Codable, Sendable, Hashable {
  package var name: String
  package var types: [String]
  /// Most behaviours that are encoded, the newest.
  package var length: Int
  /// What is told of how something was done.
  package var action: FittedSide

  package init(name: String, types: [String], length: Int, action: FittedSide) {
    self.name = name
    self.types = types
    self.length = length
    self.action = action
  }

  /// Inputs that need no feature: how long after the behaviour before it in the sequence, where in its
  /// list the item stood, and which of several types it is.
  var ownNumbers: [String] {
    [":gap", ":position"] + (types.count > 1 ? types.map { ":\($0)" } : [])
  }

  package var layout: HistoryLayout {
    var action = action.layout
    action.numbers += ownNumbers
    return HistoryLayout(name: name, types: types, length: length, action: action)
  }
}

/// What one sequence of behaviours looks like when encoded; its items are laid out as candidates are.
package struct HistoryLayout: Codable, Sendable, Hashable {
  package var name: String
  package var types: [String]
  package var length: Int
  package var action: SideLayout

  package init(name: String, types: [String], length: Int, action: SideLayout) {
    self.name = name
    self.types = types
    self.length = length
    self.action = action
  }
}
