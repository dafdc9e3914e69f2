import Checkpoints
import EvaluatorModel
import Networks

extension EvaluatorStage {
  /// Everything beside tensors that the next step depends on.
  private struct State: Codable {
    var done: Int
    var step: Int
    var steps: Int
    var rung: Int
    var bestLoss: Double
    var staleEpochs: Int
    var optimiserStep: Int
    var loggedSteps: Int

    private enum CodingKeys: String, CodingKey {
      case done, step, steps, rung
      case loggedSteps = "tick"
      case bestLoss = "best_loss"
      case staleEpochs = "stale_epochs"
      case optimiserStep = "optimiser_step"
    }
  }

  func save() throws {
    var writer = CheckpointWriter()
    try writer.setState(
      State(
        done: done.count, step: member.step, steps: member.steps, rung: member.rung,
        bestLoss: member.bestLoss,
        staleEpochs: member.staleEpochs, optimiserStep: member.adam.step, loggedSteps: loggedSteps))
    var tensors = done.enumerated().flatMap { $1.parameters.stored(prefix: "done.\($0).") }
    tensors += member.evaluator.parameters.stored(prefix: "current.")
    tensors += member.best.parameters.stored(prefix: "best.")
    tensors += member.accepted.parameters.stored(prefix: "accepted.")
    tensors += member.foundation.parameters.stored(prefix: "foundation.")
    writer.add(tensors: tensors)
    writer.add(
      file: CheckpointFolder.optimizerFile,
      tensors: member.adam.stored(member.evaluator.parameters, prefix: "current."))
    try writer.write(to: context.checkpoint(role.unfinished))
  }

  /// Steps done when an unfinished stage was saved.
  static func loggedSteps(of checkpoint: CheckpointReader) throws -> Int {
    try checkpoint.state(as: State.self).loggedSteps
  }

  /// Goes back to where an interrupted stage stopped.
  mutating func restore(_ checkpoint: CheckpointReader) throws {
    let state = try checkpoint.state(as: State.self)
    let tensors = try checkpoint.tensors()
    done = try (0..<state.done).map { k in
      var finished = newMember(k).evaluator
      try finished.parameters.load(tensors, prefix: "done.\(k).")
      return finished
    }
    member = newMember(state.done)
    try member.evaluator.parameters.load(tensors, prefix: "current.")
    try member.best.parameters.load(tensors, prefix: "best.")
    try member.accepted.parameters.load(tensors, prefix: "accepted.")
    try member.foundation.parameters.load(tensors, prefix: "foundation.")
    try member.adam.load(
      try checkpoint.tensors(CheckpointFolder.optimizerFile), member.evaluator.parameters,
      prefix: "current.", step: state.optimiserStep)
    member.step = state.step
    member.steps = state.steps
    member.rung = state.rung
    member.bestLoss = state.bestLoss
    member.staleEpochs = state.staleEpochs
    loggedSteps = state.loggedSteps
  }
}
