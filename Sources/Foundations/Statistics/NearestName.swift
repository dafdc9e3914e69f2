/// The known name that a mistyped one most likely meant, nil when none is near.
///
/// Near are at most a third of the letters of the mistyped name in edits (`editDistance`), between
/// one and three. Of equally near names the first in the alphabet is taken, so that the answer does
/// not depend on the order of the known ones.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  // Long garbage is no misspelling, and the distance is quadratic in the length.
  guard name.count <= 64 else { return nil }
  let limit = max(1, min(3, name.count / 3))
  let near = known.map { (name: $0, edits: editDistance(name.lowercased(), $0.lowercased())) }
    .filter { $0.edits <= limit }
  return near.min { ($0.edits, $0.name) < ($1.edits, $1.name) }?.name
}
