import Autodiff
import RandomStreams
import Tensors
import Testing

@Suite struct AttentionTests {
  private let slots = 5
  private let heads = 2
  private let width = 6

  private func attend(_ qkv: Matrix, _ lengths: [Int]) -> (value: Matrix, gradient: Matrix?) {
    let tape = Tape(parameters: [qkv])
    let output = tape.attention(
      tape.parameter(0), slots: slots, heads: heads, lengths: lengths)
    var random = RandomStream(seed: 1, "weights")
    let weights = random.floats(tape.value(output).scalars.count)
    let gradients = tape.gradients(of: tape.weightedSum(output, weights: weights))
    return (tape.value(output), gradients[parameter: 0])
  }

  private func isPast(_ row: Int, _ lengths: [Int]) -> Bool {
    row % slots >= lengths[row / slots]
  }

  @Test(arguments: seeds)
  func rowsPastTheLengthAreZeroAndDoNotInfluenceOthers(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "lengths")
    let lengths = [random.size(1...4), 0, slots, random.size(1...4)]
    let qkv = random.matrix(lengths.count * slots, 3 * width)
    var other = qkv
    for row in 0..<qkv.rows where isPast(row, lengths) {
      for column in 0..<qkv.columns { other[row, column] = .nan }
    }
    let (value, gradient) = attend(qkv, lengths)
    let (otherValue, otherGradient) = attend(other, lengths)
    #expect(value == otherValue)
    #expect(gradient == otherGradient)
    for row in 0..<qkv.rows where isPast(row, lengths) {
      #expect(value.row(row).allSatisfy { $0 == 0 })
      #expect(try #require(gradient).row(row).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: seeds)
  func listsDoNotSeeEachOther(seed: UInt64) {
    var random = RandomStream(seed: seed, "lists")
    let qkv = random.matrix(2 * slots, 3 * width)
    var other = qkv
    for column in 0..<qkv.columns { other[slots, column] += 1 }
    let (first, second) = (attend(qkv, [5, 5]).value, attend(other, [5, 5]).value)
    let half = slots * width
    #expect(first.scalars.prefix(half) == second.scalars.prefix(half))
    #expect(first.scalars.suffix(half) != second.scalars.suffix(half))
  }

  @Test(arguments: seeds)
  func permutingTheRowsOfAListPermutesItsOutput(seed: UInt64) {
    var random = RandomStream(seed: seed, "permuted")
    let qkv = random.matrix(slots, 3 * width)
    let order = random.permutation(slots).map(Int32.init)
    let permuted = attend(qkv.gathered(order), [5]).value
    #expect(distance(permuted.scalars, attend(qkv, [5]).value.gathered(order).scalars) < 1e-5)
  }
}
