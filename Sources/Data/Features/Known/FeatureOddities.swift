package import Sessions

/// What is odd about the features of one request, for a service to count: nothing of it is a fault,
/// but what always happens is one of the log or of the caller.
package struct FeatureOddities: Sendable, Equatable {
  /// A feature that has another type than in training, so that its value says nothing.
  package struct Changed: Sendable, Hashable {
    /// `item.price`, `user.age`, `context.device`.
    package let name: String
    /// Whether training saw texts, and a number came.
    package let wasText: Bool

    package var description: String {
      wasText
        ? "'\(name)' is a number, and was text in training: it counts as an unknown value"
        : "'\(name)' is text, and was a number in training: it counts as missing"
    }
  }

  package var changed: [Changed] = []
  /// Item features that rules read and no candidate has.
  package var unseen: [String] = []

  package init() {}
}

extension FittedSchema {
  /// - Parameter rules: how many of the last columns are of rules, and not of the objectives.
  package func oddities(
    items: FeatureCells, user: FeatureCells, context: FeatureCells, rules: Int
  ) -> FeatureOddities {
    var oddities = FeatureOddities()
    for (side, encoder, cells) in [
      ("item", itemEncoder, items), ("user", userEncoder, user),
      ("context", contextEncoder, context),
    ] {
      oddities.changed += encoder.changed(cells).map {
        FeatureOddities.Changed(name: "\(side).\(encoder.names.names[$0.cell])", wasText: $0.texts)
      }
    }
    for slot in itemEncoder.columns.suffix(rules) {
      let name = itemEncoder.names.names[slot.cell]
      guard !oddities.unseen.contains(name), items.isAbsent(slot.cell) else { continue }
      oddities.unseen.append(name)
    }
    return oddities
  }

  /// The same for a request whose features were read one by one.
  package func oddities(_ request: Request, rules: Int) -> FeatureOddities {
    func cells(_ rows: [Candidate], _ encoder: SideEncoder) -> FeatureCells {
      FeatureCells.gathered(from: rows, encoder.names).cells
    }
    return oddities(
      items: cells(request.candidates, itemEncoder),
      user: cells([Candidate(id: "", features: request.user.features)], userEncoder),
      context: cells([Candidate(id: "", features: request.context)], contextEncoder), rules: rules)
  }
}

extension SideEncoder {
  /// The inputs with a cell of another type than training saw, once each.
  fileprivate func changed(_ cells: FeatureCells) -> [TypedCell] {
    typed.filter { input in
      (0..<cells.rows).contains { row in
        switch cells[row, input.cell] {
        case .absent: false
        case .number, .flag: input.texts
        case .text, .unicode, .several: !input.texts
        }
      }
    }
  }
}

extension FeatureCells {
  fileprivate func isAbsent(_ name: Int) -> Bool {
    (0..<rows).allSatisfy { self[$0, name] == .absent }
  }
}
