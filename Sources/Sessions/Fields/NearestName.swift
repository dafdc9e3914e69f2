/// The known name with the fewest edits from `name`, the first of equals; nil when even that one
/// differs in more than a third of its letters (two for short names).
func nearestName(to name: String, among known: [String]) -> String? {
  // Long garbage is no misspelling, and the distance is quadratic in the length.
  guard name.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in known {
    let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
    guard distance <= max(2, candidate.count / 3), distance < best?.distance ?? .max else {
      continue
    }
    best = (candidate, distance)
  }
  return best?.name
}

/// Levenshtein distance: insertions, deletions and substitutions.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for i in left.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in right.indices {
      let substituted = diagonal + (left[i] == right[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
    }
  }
  return row[right.count]
}
