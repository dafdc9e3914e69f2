import Autodiff

/// The gradient checks of every operation: from a seed, checks on random ragged shapes.
let operationChecks: [Operation: @Sendable (UInt64) -> [GradientCheck]] = [
  .activation: activationChecks,
  .add: addChecks,
  .attention: attentionChecks,
  .columns: columnsChecks,
  .concatenate: concatenateChecks,
  .elementwiseProduct: elementwiseProductChecks,
  .embedding: embeddingChecks,
  .embeddingMean: embeddingMeanChecks,
  .gatedCell: gatedCellChecks,
  .gatedSequence: gatedSequenceChecks,
  .gatherRows: gatherRowsChecks,
  .huber: huberChecks,
  .layerNormalise: layerNormaliseChecks,
  .linear: linearChecks,
  .pairwiseProducts: pairwiseProductsChecks,
  .perRequestLinear: perRequestLinearChecks,
  .pickLogProbability: pickLogProbabilityChecks,
  .pointerScores: pointerScoresChecks,
  .repeatRows: repeatRowsChecks,
  .reshape: reshapeChecks,
  .scale: scaleChecks,
  .segmentMean: segmentMeanChecks,
  .sigmoidCrossEntropy: sigmoidCrossEntropyChecks,
  .weightedSum: weightedSumChecks,
]
