import RandomStreams

/// The hidden space of a world: where its items gather, and how features turn it.
struct LatentSpace: Sendable {
  /// Vectors of length 1, `[centres][d]`.
  let centres: [[Double]]
  /// Rows of the rotation between hidden item vectors and features, `[d][d]`; orthonormal.
  let itemRotation: [[Double]]
  /// The same for users: another one, so that features of users and items do not match by number.
  let userRotation: [[Double]]

  init(_ configuration: LatentWorldConfiguration) {
    let d = configuration.dimensions
    centres = (0..<configuration.centres).map { centre in
      var stream = RandomStream(
        seed: configuration.seed, "latent.centre", request: UInt64(centre))
      return unitVector(normals(d, &stream))
    }
    var stream = RandomStream(seed: configuration.seed, "latent.rotation")
    itemRotation = LatentSpace.rotation(d, &stream)
    userRotation = LatentSpace.rotation(d, &stream)
  }

  /// A uniformly random orthonormal matrix: Gram-Schmidt over normal rows.
  private static func rotation(_ d: Int, _ stream: inout RandomStream) -> [[Double]] {
    var rows: [[Double]] = []
    while rows.count < d {
      var row = normals(d, &stream)
      for other in rows {
        let overlap = dot(row, other)
        for i in row.indices { row[i] -= overlap * other[i] }
      }
      // A row that lies in the span of the others is drawn anew.
      if dot(row, row) > 1e-6 { rows.append(unitVector(row)) }
    }
    return rows
  }
}

/// `R v` for the rows of R.
func rotated(_ vector: [Double], by rows: [[Double]]) -> [Double] {
  rows.map { dot($0, vector) }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

/// The vector brought to length 1; a zero vector becomes the first axis.
func unitVector(_ vector: [Double]) -> [Double] {
  let length = dot(vector, vector).squareRoot()
  guard length > 0 else { return vector.indices.map { $0 == 0 ? 1 : 0 } }
  return vector.map { $0 / length }
}

/// Independent standard normals.
func normals(_ count: Int, _ stream: inout RandomStream) -> [Double] {
  (0..<count).map { _ in stream.normal() }
}
