/// A run of neighbours that an isotonic fit gives one value.
package struct PooledBlock: Sendable, Hashable {
  package var range: Range<Int>
  package var value: Double
  package var weight: Double
}

/// The rising step function that is nearest to the values by weighted squares, as its blocks, whose
/// values rise strictly; pool adjacent violators (Ayer et al., 1955), in linear time.
///
/// - Parameters:
///   - values: in the order of what they are a function of.
///   - weights: above 0.
package func pooledAdjacentViolators(_ values: [Double], weights: [Double]) -> [PooledBlock] {
  precondition(
    values.count == weights.count, "\(values.count) values for \(weights.count) weights")
  var blocks: [PooledBlock] = []
  for i in values.indices {
    var block = PooledBlock(range: i..<i + 1, value: values[i], weight: weights[i])
    while let before = blocks.last, before.value >= block.value {
      blocks.removeLast()
      let weight = before.weight + block.weight
      block = PooledBlock(
        range: before.range.lowerBound..<block.range.upperBound,
        value: before.value + (block.value - before.value) * block.weight / weight, weight: weight)
    }
    blocks.append(block)
  }
  return blocks
}
