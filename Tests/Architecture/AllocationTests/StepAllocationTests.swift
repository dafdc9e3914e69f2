import EvaluatorModel
import GeneratorModel
import Networks
import Tensors
import Testing
import Training

/// On one worker, which is the calling thread, in 2 shards.
@Suite(.serialized, .enabled(if: AllocationCount.isHeld)) struct StepAllocationTests {
  @Test func aGeneratorStepStaysWithinItsLimit() {
    var models = CountedModels()
    var settings = GeneratorTraining()
    settings.lists = 8
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [models.evaluator], pessimism: 0),
      objectives: CountedModels.objectives)
    var adam = Adam(Adam.Configuration(), parameters: models.generator.parameters)
    AllocationCount.ofWarm {
      // The same step each time, so that the same is drawn.
      let (gradients, _) = PolicyGradient(
        generator: models.generator, utilities: utilities, settings: settings, seed: 1, scale: 1
      ).step(models.sessions, step: 0, shards: 2, workers: Workers(1))
      adam.update(&models.generator.parameters, gradients, rate: 1e-3)
    }.expectWithin(AllocationLimits.generatorStep, "A generator step")
  }

  @Test func anEvaluatorStepStaysWithinItsLimit() {
    var models = CountedModels()
    var adam = Adam(Adam.Configuration(), parameters: models.evaluator.parameters)
    AllocationCount.ofWarm {
      let (gradients, _) = EvaluatorLoss(evaluator: models.evaluator, unknownRate: 0, seed: 1)
        .step(models.sessions, step: 0, shards: 2, workers: Workers(1))
      adam.update(&models.evaluator.parameters, gradients, rate: 1e-3)
    }.expectWithin(AllocationLimits.evaluatorStep, "An evaluator step")
  }
}
