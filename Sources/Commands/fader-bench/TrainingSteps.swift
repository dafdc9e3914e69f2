import ArgumentParser
import Benchmarking
import EvaluatorModel
import GeneratorModel
import Networks
import Tensors
import Training

struct GeneratorStep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One REINFORCE step: draw lists, score them, gradients, Adam.")
  @OptionGroup var options: BenchOptions

  func run() throws {
    let workload = try Workload(options.sizes)
    let workers = Workers(options.workers)
    let (seconds, peak) = SgemmPeak(workers: workers).around {
      workload.generatorSteps(options.rounds, workers: workers)
    }
    let requests = Double(options.batch) / seconds
    let operations = StepOperations(workload.shape).generatorStep(batch: options.batch)
    show(
      [
        ("requests_per_s", requests), ("lists_per_s", requests * Double(options.lists)),
        ("step_ms", seconds * 1000), ("peak_share", operations / seconds / peak / 1e9),
        ("peak_gflops", peak), ("workers", Double(options.workers)),
      ], json: options.json)
  }
}

struct EvaluatorStep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One step of an evaluator on logged lists: loss, gradients, Adam.")
  @OptionGroup var options: BenchOptions

  func run() throws {
    let workload = try Workload(options.sizes)
    let workers = Workers(options.workers)
    let (seconds, peak) = SgemmPeak(workers: workers).around {
      workload.evaluatorSteps(options.rounds, workers: workers)
    }
    let operations = StepOperations(workload.shape).evaluatorStep(batch: options.batch)
    show(
      [
        ("lists_per_s", Double(options.batch) / seconds), ("step_ms", seconds * 1000),
        ("peak_share", operations / seconds / peak / 1e9), ("peak_gflops", peak),
        ("workers", Double(options.workers)),
      ], json: options.json)
  }
}

extension Workload {
  /// Median seconds of a generator step over all sessions.
  func generatorSteps(_ rounds: Int, warmups: Int = 3, workers: Workers) -> Double {
    var generator = generator
    var settings = GeneratorTraining()
    settings.lists = shape.lists
    // One list has no others to be measured against.
    if shape.lists == 1 { settings.baseline = .logged }
    var adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [evaluator], pessimism: 0), objectives: objectives)
    var step = 0
    return median(rounds, warmups: warmups) {
      let (gradients, _) = PolicyGradient(
        generator: generator, utilities: utilities, settings: settings, seed: 1, scale: 1
      ).step(sessions, step: step, shards: TrainingConfiguration().shards, workers: workers)
      adam.update(&generator.parameters, gradients, rate: 1e-3)
      step += 1
    }
  }

  /// Median seconds of an evaluator step over all sessions.
  func evaluatorSteps(_ rounds: Int, workers: Workers) -> Double {
    var evaluator = evaluator
    var adam = Adam(Adam.Configuration(), parameters: evaluator.parameters)
    var step = 0
    return median(rounds) {
      let (gradients, _) = EvaluatorLoss(evaluator: evaluator, unknownRate: 0, seed: 1)
        .step(
          sessions, step: step, shards: TrainingConfiguration().shards, workers: workers)
      adam.update(&evaluator.parameters, gradients, rate: 1e-3)
      step += 1
    }
  }
}
