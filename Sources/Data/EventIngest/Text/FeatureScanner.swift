import JSON
import Sessions

/// Reads features as logs write them into the text that session files have for them.
///
/// Names must be ASCII without escapes, so that their order is that of their bytes; what the
/// scanner cannot vouch for (other names, repeated or very many ones, any fault) it leaves to the plain reader by
/// answering nil.
struct FeatureScanner {
  /// Features of one object that are put in order here.
  private static let limit = 128

  private var found: [FeatureMember] = []
  /// Values that a session file has otherwise than the log.
  private var rewritten: [UInt8] = []
  /// Whether `found` is in the order of the names, each once.
  private var isSorted = true
  /// Whether the object scanned is, byte for byte, what a session file has for it.
  private var isCanonical = true

  /// Features at `at`, an object or an array of `{"name", "value"}`; `at` moves behind them.
  ///
  /// `depth`: how many arrays and objects are open, that of the features among them.
  mutating func features(in line: [UInt8], at: inout Int, depth: Int) -> FeatureText? {
    reset()
    let start = at
    guard at < line.count else { return nil }
    switch line[at] {
    case UInt8(ascii: "{"):
      guard let end = members(of: line, from: at, depth: depth) else { return nil }
      at = end
      if isCanonical && isSorted { return FeatureText(canonical: line[start..<end]) }
    case UInt8(ascii: "["):
      guard let end = pairs(of: line, from: at, depth: depth) else { return nil }
      at = end
    default: return nil
    }
    return sort(by: line) ? FeatureText(canonical: assembled(from: line)) : nil
  }

  /// The members of an object that is written as in a session file; nil for names with escapes or
  /// accents.
  mutating func members(ofCanonical text: [UInt8]) -> [FeatureMember]? {
    reset()
    guard members(of: text, from: 0, depth: 1) == text.count, isSorted else { return nil }
    return found
  }

  private mutating func reset() {
    found.removeAll(keepingCapacity: true)
    rewritten.removeAll(keepingCapacity: true)
    (isSorted, isCanonical) = (true, true)
  }

  /// The members of the object at `start`; returns the index behind it.
  private mutating func members(of line: [UInt8], from start: Int, depth: Int) -> Int? {
    let bytes = line.span
    var at = bytes.endOfSpace(from: start + 1)
    if at > start + 1 { isCanonical = false }
    if bytes.holds(UInt8(ascii: "}"), at: at) { return at + 1 }
    while true {
      guard bytes.holds(UInt8(ascii: "\""), at: at), let end = bytes.endOfPlainText(from: at + 1)
      else { return nil }
      let key = at + 1..<end
      let colon = bytes.endOfSpace(from: end + 1)
      guard bytes.holds(UInt8(ascii: ":"), at: colon) else { return nil }
      at = bytes.endOfSpace(from: colon + 1)
      // Between key and value, and behind the value, a session file has one byte.
      if at != end + 2 { isCanonical = false }
      guard let after = value(of: line, key: key, from: at, depth: depth) else { return nil }
      at = bytes.endOfSpace(from: after)
      if at != after { isCanonical = false }
      if bytes.holds(UInt8(ascii: "}"), at: at) { return at + 1 }
      guard bytes.holds(UInt8(ascii: ","), at: at) else { return nil }
      let next = bytes.endOfSpace(from: at + 1)
      if next != at + 1 { isCanonical = false }
      at = next
    }
  }

  /// The pairs `{"name": .., "value": ..}`, with these two keys in this order, of the array at
  /// `start`; returns the index behind it.
  private mutating func pairs(of line: [UInt8], from start: Int, depth: Int) -> Int? {
    let bytes = line.span
    var at = bytes.endOfSpace(from: start + 1)
    if bytes.holds(UInt8(ascii: "]"), at: at) { return at + 1 }
    while true {
      guard bytes.holds(UInt8(ascii: "{"), at: at),
        let named = bytes.behind("\"name\"", from: bytes.endOfSpace(from: at + 1)),
        let colon = bytes.behind(":", from: bytes.endOfSpace(from: named)),
        let opened = bytes.behind("\"", from: bytes.endOfSpace(from: colon)),
        let closed = bytes.endOfPlainText(from: opened), closed > opened,
        let comma = bytes.behind(",", from: bytes.endOfSpace(from: closed + 1)),
        let valued = bytes.behind("\"value\"", from: bytes.endOfSpace(from: comma)),
        let second = bytes.behind(":", from: bytes.endOfSpace(from: valued)),
        let after = value(
          of: line, key: opened..<closed, from: bytes.endOfSpace(from: second), depth: depth + 1),
        let brace = bytes.behind("}", from: bytes.endOfSpace(from: after))
      else { return nil }
      at = bytes.endOfSpace(from: brace)
      if bytes.holds(UInt8(ascii: "]"), at: at) { return at + 1 }
      guard bytes.holds(UInt8(ascii: ","), at: at) else { return nil }
      at = bytes.endOfSpace(from: at + 1)
    }
  }

  /// Takes one value; returns the index behind it.
  private mutating func value(
    of line: [UInt8], key: Range<Int>, from start: Int, depth: Int
  ) -> Int? {
    guard found.count < FeatureScanner.limit else { return nil }
    let bytes = line.span
    if let last = found.last, isSorted { isSorted = bytes.isBefore(last.key, key) }
    if let end = bytes.endOfCanonicalValue(from: start) {
      found.append(FeatureMember(key: key, value: start..<end))
      return end
    }
    var cursor = JSONCursor(bytes: line)
    cursor.at = start
    let first = rewritten.count
    guard let json = try? cursor.value(depth: depth) else { return nil }
    do throws(FieldError) {
      try FeatureValue.read(json, at: "")?.json.append(to: &rewritten)
    } catch {
      return nil
    }
    isCanonical = false
    found.append(
      FeatureMember(key: key, value: start..<cursor.at, rewritten: first..<rewritten.count))
    return cursor.at
  }

  /// Puts `found` in the order of the names; false when one comes twice.
  private mutating func sort(by line: [UInt8]) -> Bool {
    if isSorted { return true }
    let bytes = line.span
    // By insertion: there are few, and much of their order is often right.
    for place in found.indices.dropFirst() {
      let member = found[place]
      var free = place
      while free > 0, bytes.isBefore(member.key, found[free - 1].key) {
        found[free] = found[free - 1]
        free -= 1
      }
      found[free] = member
    }
    return found.indices.dropFirst().allSatisfy {
      line.span.isBefore(found[$0 - 1].key, found[$0].key)
    }
  }

  private func assembled(from line: [UInt8]) -> ArraySlice<UInt8> {
    // Two quotes, a colon and a comma go with every key.
    var size = 2
    for member in found { size += member.key.count + (member.rewritten ?? member.value).count + 4 }
    return Array(capacity: size) { text in
      let (logged, own) = (line.span, rewritten.span)
      text.append(UInt8(ascii: "{"))
      for member in found {
        if let rewritten = member.rewritten, rewritten.isEmpty { continue }
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        for place in member.key.lowerBound - 1...member.key.upperBound {
          text.append(logged[place])
        }
        text.append(UInt8(ascii: ":"))
        if let rewritten = member.rewritten {
          for place in rewritten { text.append(own[place]) }
        } else {
          for place in member.value { text.append(logged[place]) }
        }
      }
      text.append(UInt8(ascii: "}"))
    }[...]
  }
}
