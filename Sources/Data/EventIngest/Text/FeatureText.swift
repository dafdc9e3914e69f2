import JSON
import Sessions

/// Features as the object that a session file has for them: by name, compact, numbers at their
/// shortest.
///
/// Most logs write them nearly so, and their bytes then go from the log to the session file as they
/// are, without a table in between.
struct FeatureText: Equatable {
  private static let none = ArraySlice("{}".utf8)

  /// A JSON object in UTF-8, just as `FeatureMap.json` would be written.
  private(set) var bytes: ArraySlice<UInt8>

  /// - Precondition: `bytes` are what `FeatureMap.json` would be written as.
  init(canonical bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  init(_ features: FeatureMap) {
    bytes = features.isEmpty ? FeatureText.none : features.json.serialized()[...]
  }

  var isEmpty: Bool { bytes.count == 2 }
}

extension FeatureText: JoinedFeatures {
  init() { bytes = FeatureText.none }

  mutating func fill(from known: FeatureText) {
    if known.isEmpty { return }
    self = isEmpty ? known : FeatureText.merged(older: known, newer: self)
  }

  mutating func update(with newer: FeatureText) {
    if newer.isEmpty { return }
    self = isEmpty ? newer : FeatureText.merged(older: self, newer: newer)
  }

  /// The features of both; where both have one, that of `newer`.
  private static func merged(older: FeatureText, newer: FeatureText) -> FeatureText {
    var scanner = FeatureScanner()
    let old = Array(older.bytes)
    let new = Array(newer.bytes)
    if let left = scanner.members(ofCanonical: old), let right = scanner.members(ofCanonical: new) {
      return FeatureText(canonical: merged(old, left, new, right)[...])
    }
    // Names with escapes or accents have an order and an equality of their own.
    guard let left = try? FeatureMap(json: JSONScanner.parse(old), pointer: ""),
      let right = try? FeatureMap(json: JSONScanner.parse(new), pointer: "")
    else { preconditionFailure("features that are no text of features") }
    return FeatureText(left.merging(right) { $1 })
  }

  private static func merged(
    _ old: [UInt8], _ left: [FeatureMember], _ new: [UInt8], _ right: [FeatureMember]
  ) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    text.reserveCapacity(old.count + new.count)
    var (l, r) = (0, 0)
    while l < left.count || r < right.count {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      let order =
        l == left.count
        ? 1 : r == right.count ? -1 : compare(old[left[l].key], new[right[r].key])
      // From the quote before the key to the end of the value.
      if order < 0 {
        text += old[left[l].key.lowerBound - 1..<left[l].value.upperBound]
      } else {
        text += new[right[r].key.lowerBound - 1..<right[r].value.upperBound]
        r += 1
      }
      if order <= 0 { l += 1 }
    }
    text.append(UInt8(ascii: "}"))
    return text
  }
}

/// Below 0, 0 or above 0 as the left bytes are before, equal to or behind the right ones.
private func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
  for (l, r) in zip(left, right) where l != r { return Int(l) - Int(r) }
  return left.count - right.count
}
