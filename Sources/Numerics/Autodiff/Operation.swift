/// Every operation of a tape, one file each; a test holds a gradient check for each case.
package enum Operation: String, CaseIterable, Sendable {
  case activation
  case add
  case additiveAttention
  case attention
  case columns
  case concatenate
  case elementwiseProduct
  case embedding
  case embeddingMean
  case gatedCell
  case gatedSequence
  case gatherRows
  case gatheredSums
  case huber
  case joined
  case layerNormalise
  case linear
  case pairwiseProducts
  case perRequestLinear
  case pickLogProbability
  case placedAttention
  case pointerScores
  case repeatRows
  case requestProducts
  case reshape
  case scale
  case stack
  case segmentAttention
  case segmentMean
  case sigmoidCrossEntropy
  case weightedSum
}
