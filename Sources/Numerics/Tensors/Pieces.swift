/// Several arrays cut into pieces that workers share out: one round of work for all of them, since
/// waking a worker costs as much as a small array.
struct Pieces: Sendable {
  /// Numbers per piece, a multiple of the runs that squares are summed in.
  static let size = 32768

  private let places: [(array: Int, range: Range<Int>)]

  /// - Parameter counts: how many numbers each array has.
  init(_ counts: [Int]) {
    places = counts.enumerated().flatMap { array, count in
      stride(from: 0, to: count, by: Self.size).map { (array, $0..<min(count, $0 + Self.size)) }
    }
  }

  var count: Int { places.count }

  subscript(index: Int) -> (array: Int, range: Range<Int>) { places[index] }
}

/// A pointer that pieces of work share; each of them touches a range of its own.
struct Shared<Pointer>: @unchecked Sendable {
  let pointer: Pointer
}

/// Where the scalars of the named matrices lie.
///
/// Good until the matrices are next touched other than through these pointers: asking for one makes
/// its storage the matrix's own, and nothing moves it after that.
func mutablePointers(_ matrices: inout [Matrix], _ indices: [Int]) -> [Output] {
  indices.map { index in
    matrices[index].scalars.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        preconditionFailure("an empty matrix has no pieces")
      }
      return base
    }
  }
}

/// `parts[0] + parts[1] + ...` of several parameters, in that order, elementwise, and the sum of
/// squares of it all in Double; the same with any number of workers.
///
/// - Parameter parameters: per parameter its parts, at least one, of one shape.
package func sums(
  _ parameters: [[Matrix]], workers: Workers
) -> (sums: [Matrix], squares: Double) {
  precondition(
    parameters.allSatisfy { parts in parts.allSatisfy { $0.hasShape(of: parts[0]) } },
    "parts of different shapes")
  var results = parameters.map { Matrix(uninitialisedRows: $0[0].rows, columns: $0[0].columns) }
  let present = results.indices.filter { !results[$0].scalars.isEmpty }
  let pieces = Pieces(present.map { results[$0].scalars.count })
  let shared = Shared(pointer: mutablePointers(&results, present))
  let squares = workers.map(pieces.count) { i in
    let (place, range) = pieces[i]
    let target = shared.pointer[place] + range.lowerBound
    for (number, part) in parameters[present[place]].enumerated() {
      part.scalars.withUnsafeBufferPointer { part in
        guard let x = part.baseAddress else { return }
        if number == 0 {
          target.update(from: x + range.lowerBound, count: range.count)
        } else {
          accumulate(x + range.lowerBound, into: target, range.count)
        }
      }
    }
    return squaresByRun(target, range.count)
  }
  return (results, squares.reduce(0) { $1.reduce($0, +) })
}
