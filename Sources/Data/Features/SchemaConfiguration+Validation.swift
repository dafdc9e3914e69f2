package import ConfigurationFields

extension SchemaConfiguration {
  /// All faults at once, in the order of the keys; each names the key, what was expected, what was
  /// found and what to do. Empty when the section is sound.
  package func validate() -> [String] { faults(at: "schema").map(\.description) }
}

extension SideConfiguration {
  package func faultsBetweenKeys() -> [ConfigurationFault] {
    repeats(in: exclude, at: "exclude")
      + exclude.filter { fields[$0] != nil }.map { name in
        ConfigurationFault(
          "exclude", expected: "fields that are not configured",
          got: "\"\(name)\", which 'fields' configures", remedy: "remove it from one of the two")
      }
  }
}

extension FieldConfiguration {
  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults = misplacedOptions
    if log, logit {
      faults.append(
        ConfigurationFault(
          "logit", expected: "one of log and logit", got: "both", remedy: "remove one of them"))
    }
    if let clip, bounds == nil, clip.allSatisfy(\.isFinite) {
      faults.append(
        ConfigurationFault(
          "clip", expected: "two numbers, the lower one first", got: "\(clip)",
          remedy: "write for example [0, 100], or leave it out for mean +- 6 standard deviations"))
    }
    return faults
  }

  /// Options that would be ignored in silence under the field's type.
  private var misplacedOptions: [ConfigurationFault] {
    guard let type else { return [] }
    let names: [(key: String, isSet: Bool)] =
      type == .number
      ? [("hash_buckets", hashBuckets != nil), ("dimension", dimension != nil)]
      : [("log", log), ("logit", logit), ("clip", clip != nil)]
    return names.filter(\.isSet).map {
      ConfigurationFault(
        $0.key, expected: "no such option on a field of type \(type.rawValue)", got: "one",
        remedy: "remove it or change the field's type")
    }
  }

  /// What is done to a number first.
  var form: NumberNormaliser.Form { logit ? .logit : log ? .log : .identity }

  /// The bounds of `clip`; nil when absent or malformed.
  var bounds: ClosedRange<Double>? {
    guard let clip, clip.count == 2, clip[0].isFinite, clip[1].isFinite, clip[0] < clip[1] else {
      return nil
    }
    return clip[0]...clip[1]
  }
}

/// A fault for each name that stands more than once.
func repeats(in names: [String], at key: String) -> [ConfigurationFault] {
  var seen: Set<String> = []
  return names.filter { !seen.insert($0).inserted }.map {
    ConfigurationFault(
      key, expected: "each field once", got: "\"\($0)\" twice", remedy: "remove one of them")
  }
}
