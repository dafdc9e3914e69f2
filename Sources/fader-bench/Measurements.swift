import ArgumentParser
import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Tensors
import Training

struct GeneratorStep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One REINFORCE step: draw lists, score them, gradients, Adam.")
  @OptionGroup var options: BenchOptions

  func run() throws {
    let workload = try Workload(options)
    var generator = workload.generator
    var settings = GeneratorTraining()
    settings.lists = options.lists
    var adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [workload.evaluator], pessimism: 0),
      objectives: workload.objectives)
    let workers = Workers(options.workers)
    var step = 0
    let seconds = median(options.rounds) {
      let (gradients, _) = PolicyGradient(
        generator: generator, utilities: utilities, settings: settings, seed: 1, scale: 1
      ).step(workload.sessions, step: step, shards: 4, workers: workers)
      adam.update(&generator.parameters, gradients, rate: 1e-3)
      step += 1
    }
    let requests = Double(options.batch) / seconds
    show(
      [("requests_per_s", requests), ("lists_per_s", requests * Double(options.lists))],
      json: options.json)
  }
}

struct EvaluatorStep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One step of an evaluator on logged lists: loss, gradients, Adam.")
  @OptionGroup var options: BenchOptions

  func run() throws {
    let workload = try Workload(options)
    var evaluator = workload.evaluator
    var adam = Adam(Adam.Configuration(), parameters: evaluator.parameters)
    let workers = Workers(options.workers)
    var step = 0
    let seconds = median(options.rounds) {
      let (gradients, _) = EvaluatorLoss(evaluator: evaluator, unknownRate: 0, seed: 1)
        .step(workload.sessions, step: step, shards: 4, workers: workers)
      adam.update(&evaluator.parameters, gradients, rate: 1e-3)
      step += 1
    }
    show([("lists_per_s", Double(options.batch) / seconds)], json: options.json)
  }
}

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One greedy request on one thread, with theta(w) made anew and with it given.")
  @OptionGroup var options: BenchOptions

  func run() throws {
    let workload = try Workload(options)
    let generator = workload.generator
    let batch = RequestBatch([workload.sessions[0].request])
    let w: [Float] = [0.25, 0.25, 0.25, 0.25]
    let theta = generator.finalLayers(w)
    let anew = median(10 * options.rounds) {
      _ = generator.lists(batch, theta: [generator.finalLayers(w)], lengths: [options.length])
    }
    let given = median(10 * options.rounds) {
      _ = generator.lists(batch, theta: [theta], lengths: [options.length])
    }
    show([("serve_ms", anew * 1000), ("serve_cached_ms", given * 1000)], json: options.json)
  }
}
