import Sessions
import Statistics

extension FittedSchema {
  /// A number that changes with anything that changes an encoding: it ties a session cache to
  /// the schema that made it.
  package var fingerprint: UInt64 {
    var hash = Fingerprint()
    for side in [item, user, context] { side.add(to: &hash) }
    hash.add(columns.count)
    for column in columns {
      hash.add(column.kind.rawValue)
      hash.add(column.feature)
    }
    hash.add(feedback.count)
    for kind in feedback { hash.add(kind) }
    for sequence in history {
      hash.add(sequence.name)
      hash.add(sequence.types.count)
      for type in sequence.types { hash.add(type) }
      hash.add(sequence.length)
      sequence.action.add(to: &hash)
    }
    if !calibration.isEmpty {
      hash.add(calibration.count)
      for score in calibration { hash.add(score.words) }
    }
    return hash.value
  }
}

extension FittedSide {
  fileprivate func add(to hash: inout Fingerprint) {
    hash.add(numbers.count)
    for number in numbers {
      hash.add(number.name)
      hash.add(number.indicator)
      hash.add(number.normaliser.form == .log)
      if number.normaliser.form == .logit { hash.add("logit") }
      hash.add(number.normaliser.lower)
      hash.add(number.normaliser.upper)
      hash.add(number.normaliser.shift)
      hash.add(number.normaliser.scale)
    }
    hash.add(ranks.count)
    for rank in ranks {
      hash.add(rank.name)
      hash.add(rank.indicator)
    }
    hash.add(shares.count)
    for share in shares { hash.add(share) }
    hash.add(includesID)
    for fields in [categoricals, bags] {
      hash.add(fields.count)
      for field in fields {
        hash.add(field.name)
        hash.add(field.dimension)
        hash.add(field.vocabulary.buckets ?? 0)
        hash.add(field.vocabulary.values.count)
        for value in field.vocabulary.values { hash.add(value) }
      }
    }
  }
}
