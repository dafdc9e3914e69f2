import EvaluatorModel
import Features
import Sessions
import Statistics

/// Whether a kind of feedback is a probability or a number, and what speaks against it.
extension DataSummary {
  /// How the kind is predicted; a kind that the log lacks counts as binary.
  func head(_ name: String) -> EvaluatorHead {
    guard let tally = feedback[name], tally.kind(declared: declared[name]) == .number else {
      return EvaluatorHead(feedback: name, kind: .binary)
    }
    return EvaluatorHead(feedback: name, kind: .number, unit: tally.unit)
  }

  /// Declared kinds that the log lacks, and kinds whose odd values are too many to leave out or too
  /// few to make numbers of it.
  var feedbackFaults: [DataError] {
    let kinds = kinds
    let absent = declared.keys.filter { !kinds.contains($0) }.sorted().map {
      DataError(
        message: "schema.feedback: expected feedback of the training sessions "
          + "(\(kinds.joined(separator: ", "))), got '\($0)'; \(advice(on: $0))")
    }
    return absent + kinds.compactMap(oddFault)
  }

  /// What to do about feedback that the log lacks.
  func advice(on name: String) -> String {
    nearestName(to: name, among: kinds).map { "did you mean '\($0)'? Else log '\(name)'" }
      ?? "name one of these, or log '\(name)'"
  }

  private func oddFault(_ name: String) -> DataError? {
    guard let tally = feedback[name], tally.oddValues > 0 else { return nil }
    switch declared[name] {
    case .number: return nil
    case .binary:
      guard !tally.isNearlyBinary else { return nil }
      return DataError(
        message:
          "data: expected feedback '\(name)' of 0 or 1, as schema.feedback declares it, and at "
          + "most \(Int(OddFeedback.mostShare * 100)) % of others, got others in \(tally.oddText); "
          + "correct the log, or declare {\(name): number}")
    case nil:
      guard tally.isNearlyBinary else { return nil }
      return DataError(
        message:
          "data: expected feedback '\(name)' to be 0 or 1 throughout, or other numbers in more "
          + "than \(Int(OddFeedback.mostShare * 100)) % of the values, got others in \(tally.oddText); "
          + "declare it: schema.feedback: {\(name): binary} leaves them out, {\(name): number} "
          + "predicts a number")
    }
  }

  /// Odd values that are left out, worded for the user.
  var feedbackRemarks: [String] {
    kinds.compactMap { name in
      guard let tally = feedback[name], tally.oddValues > 0, declared[name] == .binary else {
        return nil
      }
      return "feedback '\(name)' is neither 0 nor 1 in \(tally.oddText); such a value is left out, "
        + "as if nothing had been logged for its place"
    }
  }
}
