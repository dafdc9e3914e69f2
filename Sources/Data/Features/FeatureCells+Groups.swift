extension FeatureCells {
  /// Numbers the distinct values of a cell along the rows, from 0 in order of appearance; each
  /// absent one is a group of its own: `[rows]`. Several values are told by all of them together.
  func groups(of cell: Int, in text: [UInt8]) -> [Int] {
    var groups: [Int] = []
    groups.reserveCapacity(rows)
    var count = 0
    var texts = TextGroups(rows: rows)
    var others: [String: Int] = [:]
    let areTexts = (0..<rows).allSatisfy { isTextOrAbsent($0 * width + cell) }
    for row in 0..<rows {
      let value = values[row * width + cell]
      var known: Int?
      if areTexts, case .text(let start, let end) = value {
        known = texts.place(Int(start)..<Int(end), in: text, new: count)
      } else if let category = group(value, in: text) {
        known = others[category]
        if known == nil { others[category] = count }
      }
      groups.append(known ?? count)
      if known == nil { count += 1 }
    }
    return groups
  }

  /// All categories as one key; the separator is a control character that no name holds.
  private func group(_ value: Value, in text: [UInt8]) -> String? {
    guard case .several(let start, let end) = value else { return value.category(in: text) }
    return lists[Int(start)..<Int(end)].compactMap { $0.category(in: text) }
      .joined(separator: "\u{1f}")
  }

  private func isTextOrAbsent(_ index: Int) -> Bool {
    switch values[index] {
    case .absent, .text: true
    case .number, .flag, .unicode, .several: false
    }
  }
}

/// Groups of texts by their bytes: open addressing, like `NameTable`, but growing.
private struct TextGroups {
  private var places: [(range: Range<Int>, group: Int)?]

  init(rows: Int) {
    var size = 4
    while size < 2 * rows { size *= 2 }
    places = Array(repeating: nil, count: size)
  }

  /// The group of an equal text placed before; nil when this is the first, which becomes `new`.
  mutating func place(_ range: Range<Int>, in text: [UInt8], new: Int) -> Int? {
    var place = NameTable.hash(text.span.extracting(range)) & (places.count - 1)
    while let other = places[place] {
      if isEqual(range, other.range, in: text) { return other.group }
      place = (place + 1) & (places.count - 1)
    }
    places[place] = (range, new)
    return nil
  }

  private func isEqual(_ a: Range<Int>, _ b: Range<Int>, in text: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    for offset in 0..<a.count where text[a.lowerBound + offset] != text[b.lowerBound + offset] {
      return false
    }
    return true
  }
}
