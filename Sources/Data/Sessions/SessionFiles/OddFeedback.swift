import JSON

/// When values of a kind of feedback are odd: so few are neither 0 nor 1 that each is likely to be a
/// fault of the log, where more would make numbers of the kind.
package enum OddFeedback {
  /// Share of the values up to which the others look like faults.
  package static let mostShare = 0.01

  /// Whether `count` of `values` values being neither 0 nor 1 is odd.
  package static func isOdd(_ count: Int, of values: Int) -> Bool {
    count > 0 && Double(count) <= mostShare * Double(values)
  }
}

extension ValidationReport.Feedback {
  /// Takes in the values of one session that are known.
  mutating func add(_ values: [Float], line: Int) {
    let values = values.filter { !$0.isNaN }
    sessions += 1
    shown += values.count
    for value in values {
      sum += Double(value)
      guard value != 0, value != 1 else { continue }
      otherCount += 1
      if firstOther == nil { firstOther = (value, line) }
    }
  }

  var oddity: String? {
    guard let firstOther, OddFeedback.isOdd(otherCount, of: shown) else { return nil }
    let value = JSONValue.number(Double(firstOther.value)).serialized() as String
    return
      "\(otherCount) of \(shown) values \(otherCount == 1 ? "is" : "are") neither 0 nor 1, the "
      + "first \(value) in line \(firstOther.line); training refuses them until the log is "
      + "corrected or schema.feedback declares the kind"
  }
}
