/// Finds a word in bytes, looking at few of them (R. N. Horspool, "Practical fast searching in
/// strings", 1980).
struct WordSearch: Sendable {
  private let word: [UInt8]
  /// By the byte under the last letter: how far the word may move on.
  private let shifts: [Int]

  /// - Precondition: a word of at least one letter.
  init(_ text: String) {
    word = Array(text.utf8)
    precondition(!word.isEmpty, "an empty word")
    var shifts = [Int](repeating: word.count, count: 256)
    for (place, byte) in word.dropLast().enumerated() {
      shifts[Int(byte)] = word.count - 1 - place
    }
    self.shifts = shifts
  }

  /// The index behind the first such word; nil without any.
  func end(in bytes: ArraySlice<UInt8>) -> Int? {
    let span = bytes.span
    var last = word.count - 1
    while last < span.count {
      var place = word.count - 1
      while span[last - (word.count - 1 - place)] == word[place] {
        if place == 0 { return bytes.startIndex + last + 1 }
        place -= 1
      }
      last += shifts[Int(span[last])]
    }
    return nil
  }
}
