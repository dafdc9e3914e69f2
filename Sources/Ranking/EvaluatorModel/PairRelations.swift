import Features
import Tensors

/// What one candidate of a request and each other one do to each other in a list, for all evaluators
/// together.
///
/// Candidates stand side by side in blocks of 8, so that a row of likenesses is a few sums over
/// blocks. Rows are made when they are asked for: a list of 10 needs 9 of 50.
struct PairRelations: Sendable {
  /// What is known of a placed candidate.
  struct Row: Sendable {
    /// Its part in the raw outputs of the others wherever they stand below it, `[head][M]`.
    var above: [[Float]]
    /// What it adds to that right below it, `[head][M]`.
    var next: [[Float]]
    /// What that right below it adds to the candidate itself, `[head][M]`.
    var back: [[Float]]
    /// Candidates of the same known category, itself among them, `[field]`.
    let equals: [[Int]]
  }

  /// Weights of one head over everything that is compared, the members' shares taken in.
  struct Weights: Sendable {
    /// `[spaces]` each: of the squared likeness to all items above, and to the one right above.
    var above: [Float] = []
    var next: [Float] = []
    /// `[contrasts]` each: of a rise against the item above, and of a fall.
    var rise: [Float] = []
    var fall: [Float] = []
    /// The same against the item below.
    var riseBelow: [Float] = []
    var fallBelow: [Float] = []
    /// `[fields]` each, of equal categories: of their share, of 1 / distance to the last of them,
    /// of one right above, of one right below.
    var share: [Float]
    var distance: [Float]
    var same: [Float]
    var sameBelow: [Float]
  }

  let heads: [Weights]
  private let candidates: Int
  private let blocks: Int
  /// Width of each space, one after the other.
  private var widths: [Int] = []
  /// Candidates in the learned spaces, `[dimension][block]`.
  private var likeness: [SIMD8<Float>] = []
  /// `[contrast][block]`
  private var contrast: [SIMD8<Float>] = []
  private let categories: [Int32]

  /// - Parameters:
  ///   - projected: of each member that has relations, for the whole batch.
  ///   - rows: the request's candidates in it.
  ///   - categories: `[M, fields]`, rows of their tables.
  init(
    _ projected: [RelationTerm.Projected], rows: Range<Int>, heads: [Weights],
    categories: [Int32]
  ) {
    self.heads = heads
    self.categories = categories
    candidates = rows.count
    blocks = (rows.count + 7) / 8
    func append(column: Int, of scalars: [Float], width: Int, to list: inout [SIMD8<Float>]) {
      for block in 0..<blocks {
        var lanes = SIMD8<Float>.zero
        for lane in 0..<min(8, rows.count - 8 * block) {
          lanes[lane] = scalars[(rows.lowerBound + 8 * block + lane) * width + column]
        }
        list.append(lanes)
      }
    }
    for member in projected {
      for space in member.likeness {
        widths.append(space.columns)
        for d in 0..<space.columns {
          append(column: d, of: space.scalars, width: space.columns, to: &likeness)
        }
      }
      for x in 0..<member.contrast.columns {
        append(
          column: x, of: member.contrast.scalars, width: member.contrast.columns, to: &contrast)
      }
    }
  }

  /// Candidates with the same known value of a category, itself among them.
  private func equals(of candidate: Int, field: Int, fields: Int) -> [Int] {
    let own = categories[candidate * fields + field]
    guard own > CategoricalField.missingRow else { return [] }
    return (0..<candidates).filter { categories[$0 * fields + field] == own }
  }

  func row(of candidate: Int) -> Row {
    let zero = [SIMD8<Float>](repeating: .zero, count: blocks)
    var above = [[SIMD8<Float>]](repeating: zero, count: heads.count)
    var (next, back) = (above, above)
    let (own, lane) = (candidate / 8, candidate % 8)
    var start = 0
    for (space, width) in widths.enumerated() {
      var products = zero
      for d in start..<start + width {
        let value = likeness[d * blocks + own][lane]
        for block in 0..<blocks { products[block] += likeness[d * blocks + block] * value }
      }
      start += width
      let scale = 1 / Float(width * width)
      for block in 0..<blocks { products[block] *= products[block] * scale }
      for h in heads.indices {
        let (all, near) = (heads[h].above[space], heads[h].next[space])
        for block in 0..<blocks {
          above[h][block] += products[block] * all
          next[h][block] += products[block] * near
        }
      }
    }
    for x in 0..<(blocks == 0 ? 0 : contrast.count / blocks) {
      let value = SIMD8(repeating: contrast[x * blocks + own][lane])
      for block in 0..<blocks {
        let difference = contrast[x * blocks + block] - value
        let up = difference.replacing(with: 0, where: difference .< 0)
        for h in heads.indices {
          let down = up - difference
          next[h][block] += up * heads[h].rise[x] + down * heads[h].fall[x]
          // Where the other one is higher, this one is lower than what stands below it.
          back[h][block] += down * heads[h].riseBelow[x] + up * heads[h].fallBelow[x]
        }
      }
    }
    let fields = candidates == 0 ? 0 : categories.count / candidates
    var row = Row(
      above: above.map(numbers), next: next.map(numbers), back: back.map(numbers),
      equals: (0..<fields).map { equals(of: candidate, field: $0, fields: fields) })
    for (field, same) in row.equals.enumerated() {
      for h in heads.indices {
        for i in same {
          row.above[h][i] += heads[h].share[field]
          row.next[h][i] += heads[h].same[field]
          row.back[h][i] += heads[h].sameBelow[field]
        }
      }
    }
    return row
  }

  /// Blocks as `[M]`.
  private func numbers(_ blocks: [SIMD8<Float>]) -> [Float] {
    (0..<candidates).map { blocks[$0 / 8][$0 % 8] }
  }
}
