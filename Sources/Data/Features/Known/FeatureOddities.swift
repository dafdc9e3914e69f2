package import Calibration
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

  /// A version of an upstream score that the model has no map for.
  package struct UnknownScoreVersion: Sendable, Hashable {
    package let score: String
    /// As the request names it; empty where it names none.
    package let version: String
    package let policy: UnknownVersion

    package var description: String {
      let name =
        version.isEmpty
        ? "a score '\(score)' without a version" : "version '\(version)' of '\(score)'"
      let taken = policy == .raw ? "the score stays as it is" : "the latest version's map is taken"
      return "\(name) has no map in the model: \(taken); fit one with fader calibrate"
    }
  }

  package var changed: [Changed] = []
  /// Once each.
  package var unknownVersions: [UnknownScoreVersion] = []
  /// Item features that rules read and no candidate has.
  package var unseen: [String] = []

  package init() {}
}

extension FittedSchema {
  /// - Parameter rules: how many of the last columns are of rules, and not of the objectives.
  package func oddities(
    items: FeatureCells, user: FeatureCells, context: FeatureCells, rules: Int, in text: [UInt8]
  ) -> FeatureOddities {
    var oddities = types(items: items, user: user, context: context, rules: rules)
    oddities.unknownVersions = unknownVersions(cellRows(items, context: context, in: text))
    return oddities
  }

  private func types(
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
    var oddities = types(
      items: cells(request.candidates, itemEncoder),
      user: cells([Candidate(id: "", features: request.user.features)], userEncoder),
      context: cells([Candidate(id: "", features: request.context)], contextEncoder), rules: rules)
    oddities.unknownVersions = unknownVersions(RequestRows(request))
    return oddities
  }

  private func unknownVersions(
    _ rows: some ScoreRows
  ) -> [FeatureOddities.UnknownScoreVersion] {
    calibration.flatMap { score in
      score.unknownVersions(rows).map {
        FeatureOddities.UnknownScoreVersion(
          score: score.name, version: $0, policy: score.configuration.unknownVersion)
      }
    }
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
