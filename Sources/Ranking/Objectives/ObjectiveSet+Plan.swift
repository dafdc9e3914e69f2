import Sessions

extension ObjectiveSet {
  /// Rules made once and their columns found once, since both are needed for every step.
  struct Plan: Sendable {
    enum Term: Sendable {
      /// Reads `columns[column]`; its local context starts at `offset`.
      case rule(any RuleUtility, column: Int, offset: Int)
      /// Reads `predictions[head]`, and with survival those of another head.
      case predicted(head: Int, SlotSum)
    }

    private(set) var terms: [Term] = []
    private(set) var columns: [CandidateColumn] = []
    private(set) var feedback: [String] = []
    private(set) var localWidth = 0

    init(_ objectives: [Objective]) {
      for objective in objectives {
        switch objective.definition {
        case .rule(let definition):
          let rule = definition.utility
          let column = columns.place(of: rule.column)
          terms.append(.rule(rule, column: column, offset: localWidth))
          localWidth += rule.localWidth
        case .predicted(let kind, let aggregation):
          let head = feedback.place(of: kind)
          terms.append(
            .predicted(head: head, SlotSum(aggregation) { feedback.place(of: $0) }))
        }
      }
    }
  }
}

extension Array where Element: Equatable {
  /// Index of the element, which is appended if it is new.
  fileprivate mutating func place(of element: Element) -> Int {
    if let known = firstIndex(of: element) { return known }
    append(element)
    return count - 1
  }
}
