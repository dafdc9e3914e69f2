import JSON

/// Reads features as values.
///
/// Candidates of a log have the same few sets of names over and over. A table with the names of one
/// met before is a copy of that with other values, which needs no hashing.
struct FeatureMapScanner: Sendable {
  private struct Shape: Sendable {
    /// The names in their order, each with its closing quote.
    var names: [UInt8]
    var features: FeatureMap
    /// Where the value of each name is.
    var places: [FeatureMap.Index]
  }

  /// Sets of names that are kept.
  private static let limit = 16

  /// Those used last come first.
  private var shapes: [Shape] = []
  private var names: [UInt8] = []
  private var values: [FeatureValue] = []

  /// The features of the object at the cursor; nil for what only the plain reader knows: names with
  /// escapes or accents, repeated names, null, faults.
  ///
  /// `depth`: how many arrays and objects are open, that of the features among them.
  mutating func features(_ cursor: inout JSONCursor, depth: Int) -> FeatureMap? {
    names.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    guard cursor.take("{") else { return nil }
    cursor.skipSpace()
    if cursor.take("}") { return [:] }
    while true {
      guard cursor.take("\""),
        let end = cursor.bytes.span.endOfPlainText(from: cursor.at)
      else { return nil }
      for place in cursor.at...end { names.append(cursor.bytes[place]) }
      cursor.at = end + 1
      cursor.skipSpace()
      guard cursor.take(":") else { return nil }
      cursor.skipSpace()
      guard let json = try? cursor.value(depth: depth),
        let value = (try? FeatureValue.read(json, at: "")).flatMap(\.self)
      else { return nil }
      values.append(value)
      cursor.skipSpace()
      if cursor.take("}") { return map() }
      guard cursor.take(",") else { return nil }
      cursor.skipSpace()
    }
  }

  private mutating func map() -> FeatureMap? {
    guard let place = shapes.firstIndex(where: { $0.names == names }) else { return newMap() }
    if place > 0 { shapes.swapAt(place, place - 1) }
    let shape = shapes[max(place - 1, 0)]
    var features = shape.features
    for (place, value) in zip(shape.places, values) { features.values[place] = value }
    return features
  }

  /// Keeps the names for the next candidates that have them.
  private mutating func newMap() -> FeatureMap? {
    let keys = names.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      .dropLast().map { String(decoding: $0, as: UTF8.self) }
    var features = FeatureMap(minimumCapacity: keys.count)
    for (key, value) in zip(keys, values) {
      guard features.updateValue(value, forKey: key) == nil else { return nil }
    }
    let places = keys.compactMap { features.index(forKey: $0) }
    if shapes.count == FeatureMapScanner.limit { shapes.removeLast() }
    shapes.append(Shape(names: names, features: features, places: places))
    return features
  }
}
