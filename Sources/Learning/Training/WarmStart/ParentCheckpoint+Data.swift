import EvaluatorModel
import Features

extension ParentCheckpoint {
  /// Throws when the new sessions have another shape than the checkpoint's parts can take.
  ///
  /// - Parameter fitted: the schema that these sessions by themselves would give.
  func check(_ summary: DataSummary, fitted: FittedSchema) throws {
    var messages: [String] = []
    if summary.longestList > slots {
      messages.append(
        "data: expected lists of up to \(slots) items, as its evaluators read, got one of "
          + "\(summary.longestList)")
    }
    for head in evaluators.heads {
      let found = summary.head(head.feedback).kind
      guard summary.feedback[head.feedback] != nil, found != head.kind else { continue }
      // A number head takes 0 and 1 as well, unless the user says that they are something else.
      guard head.kind == .binary || summary.declared[head.feedback] != nil else { continue }
      messages.append(
        "data: expected feedback '\(head.feedback)' \(head.kind == .binary ? "of 0 or 1" : "of numbers"), "
          + "as its evaluators predict, got \(found == .binary ? "a declared binary kind" : "other numbers")"
      )
    }
    for (side, known, found) in sides(fitted) {
      for (name, kind) in found.kinds.sorted(by: { $0.key < $1.key }) {
        guard let wanted = known.kinds[name], wanted != kind else { continue }
        messages.append(
          "data: expected the \(side)'s '\(name)' to be a \(wanted), as its schema has it, got a "
            + kind)
      }
    }
    let (wanted, found) = (schema.history.map(\.words), fitted.history.map(\.words))
    if wanted != found {
      func list(_ words: [String]) -> String {
        words.isEmpty ? "none" : words.joined(separator: "; ")
      }
      messages.append(
        "schema.history: expected the sequences of its schema, \(list(wanted)), got \(list(found))")
    }
    guard messages.isEmpty else { throw WarmStartError(path: path, messages: messages) }
  }

  /// What the checkpoint and the new sessions know of that the other does not.
  func remarks(_ summary: DataSummary, fitted: FittedSchema) -> [String] {
    var remarks: [String] = []
    for (side, known, found) in sides(fitted) {
      let (old, new) = (Set(known.kinds.keys), Set(found.kinds.keys))
      for name in new.subtracting(old).sorted() {
        remarks.append(
          "the \(side)'s '\(name)' is not in the checkpoint's schema and is left out")
      }
      for name in old.subtracting(new).sorted() {
        remarks.append("no new session has the \(side)'s '\(name)': it counts as missing")
      }
    }
    let kinds = Set(summary.kinds)
    let heads = Set(evaluators.heads.map(\.feedback))
    for kind in heads.subtracting(kinds).sorted() {
      remarks.append("no new session has feedback '\(kind)': what predicts it learns nothing new")
    }
    for kind in kinds.subtracting(heads).sorted() {
      remarks.append("the checkpoint predicts no feedback '\(kind)': it is left out")
    }
    return remarks
  }

  private func sides(
    _ fitted: FittedSchema
  ) -> [(name: String, known: FittedSide, found: FittedSide)] {
    [
      ("item", schema.item, fitted.item), ("user", schema.user, fitted.user),
      ("context", schema.context, fitted.context),
    ]
  }
}

extension FittedHistory {
  /// What tells one sequence from another.
  fileprivate var words: String {
    "\(name) (\(types.joined(separator: ", ")), at most \(length))"
  }
}

extension FittedSide {
  /// What each field of the data is read as.
  fileprivate var kinds: [String: String] {
    var kinds: [String: String] = [:]
    for number in numbers { kinds[number.name] = "number" }
    for field in categoricals { kinds[field.name] = "category" }
    for field in bags { kinds[field.name] = "bag of categories" }
    return kinds
  }
}

/// How many of the categories in encoded sessions the vocabularies do not hold.
struct CategoryCount: Sendable {
  private var unknown = 0
  private var total = 0

  mutating func count(_ request: EncodedRequest) {
    for side in [request.item, request.user, request.context] {
      for rows in [side.indices, side.bagIndices] {
        for row in rows where row != CategoricalField.missingRow {
          total += 1
          if row == CategoricalField.outOfVocabularyRow { unknown += 1 }
        }
      }
    }
  }

  /// Nil when all are known.
  var remark: String? {
    guard unknown > 0 else { return nil }
    let percent = (1000 * Double(unknown) / Double(total)).rounded() / 10
    return "\(percent) % of the sessions' categories are not in the checkpoint's vocabularies; all "
      + "of them share its row for unknown ones, until a run starts anew"
  }
}
