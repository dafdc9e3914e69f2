extension SchemaConfiguration {
  /// All faults at once, in a fixed order; each names the key, what was expected, what was
  /// found and what to do. Empty when the section is sound.
  public func validate() -> [String] {
    item.faults(at: "schema.item") + user.faults(at: "schema.user")
      + context.faults(at: "schema.context")
      + repeats(in: augment.rank, at: "schema.augment.rank")
      + repeats(in: augment.share, at: "schema.augment.share")
  }
}

extension SideConfiguration {
  func faults(at path: String) -> [String] {
    var faults = repeats(in: exclude, at: "\(path).exclude")
    for name in exclude where fields[name] != nil {
      faults.append(
        "\(path).exclude: expected fields that are not configured, got \"\(name)\", which "
          + "\(path).fields configures; remove it from one of the two")
    }
    for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
      faults += field.faults(at: "\(path).fields.\(name)")
    }
    return faults
  }
}

extension FieldConfiguration {
  func faults(at path: String) -> [String] {
    clipFaults(at: path) + rangeFaults(at: path) + misplacedOptions(at: path)
  }

  private func clipFaults(at path: String) -> [String] {
    guard let clip, bounds == nil else { return [] }
    return [
      "\(path).clip: expected two finite numbers, the lower one first, got \(clip); write for "
        + "example [0, 100], or leave it out for mean +- 6 standard deviations"
    ]
  }

  private func rangeFaults(at path: String) -> [String] {
    let most = Int(Int32.max)
    let checks: [(key: String, value: Int?, range: ClosedRange<Int>, remedy: String)] = [
      ("minimum_count", minimumCount, 1...most, "use 1 to give every value a row"),
      ("maximum_rows", maximumRows, 3...most, "two rows are reserved, so use 3 or more"),
      ("hash_buckets", hashBuckets, 1...(most - 2), "leave it out for a vocabulary"),
      ("dimension", dimension, 1...4096, "leave it out for a width chosen by the table's size"),
    ]
    return checks.compactMap { check in
      guard let value = check.value, !check.range.contains(value) else { return nil }
      return "\(path).\(check.key): expected a whole number from \(check.range.lowerBound) to "
        + "\(check.range.upperBound), got \(value); \(check.remedy)"
    }
  }

  /// Options that would be ignored in silence under the field's type.
  private func misplacedOptions(at path: String) -> [String] {
    guard let type else { return [] }
    let names: [(key: String, isSet: Bool)] =
      type == .number
      ? [("hash_buckets", hashBuckets != nil), ("dimension", dimension != nil)]
      : [("log", log), ("clip", clip != nil)]
    return names.filter(\.isSet).map {
      "\(path).\($0.key): expected no such option on a field of type \(type.rawValue), got one; "
        + "remove it or change \(path).type"
    }
  }

  /// The bounds of `clip`; nil when absent or malformed.
  var bounds: ClosedRange<Double>? {
    guard let clip, clip.count == 2, clip[0].isFinite, clip[1].isFinite, clip[0] < clip[1] else {
      return nil
    }
    return clip[0]...clip[1]
  }
}

private func repeats(in names: [String], at path: String) -> [String] {
  var seen: Set<String> = []
  return names.filter { !seen.insert($0).inserted }.map {
    "\(path): expected each field once, got \"\($0)\" twice; remove one of them"
  }
}
