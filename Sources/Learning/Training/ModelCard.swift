import EvaluatorModel
import ListPolicy
import Networks
import Objectives

/// `MODEL_CARD.md`: what a checkpoint is, for whoever finds it.
struct ModelCard {
  let text: String

  init(frozen: FrozenPart, stage: PolicyStage) {
    let policy = stage.policy
    let objectives = frozen.objectives.objectives.map {
      "| \($0.name) | \($0.definition.summary) | \(String(rounded: Double($0.scale))) |"
    }
    let heads = frozen.quality.heads.map { head in
      let error = head.calibrationError.map { String(rounded: $0) } ?? "-"
      let score = head.scoreLoss.map { "\(String(rounded: $0)) (\(head.score ?? ""))" } ?? "-"
      return "| \(head.feedback) | \(String(rounded: head.loss)) | "
        + "\(String(rounded: head.baseRateLoss)) | \(score) | \(error) |"
    }
    let gate =
      frozen.quality.passed
      ? "passed" : "not met: " + frozen.quality.shortcomings.joined(separator: "; ")
    let lineage =
      frozen.parent.map {
        "\n- Went on from the checkpoint `\($0.checkpoint)`, SHA-256 of its bundle `\($0.sha256)`; "
          + "generation \($0.generation)."
      } ?? ""
    text = """
      # Fader list re-ranker

      Orders a request's candidates into a list, steered by one weight per objective at each request.

      - \(type(of: policy).title): \(policy.parameters.scalarCount) parameters, \(stage.state.step) training steps of \
      \(stage.schedule.batch) requests, seed \(stage.context.seed), \
      attempt \(stage.state.attempt + 1).\(lineage)
      - Evaluators: \(frozen.evaluators.members.count) members of \
      \(frozen.evaluators.members[0].parameters.scalarCount) parameters, lists of up to \
      \(frozen.evaluators.members[0].slots), frozen, SHA-256 `\(frozen.evaluators.hash)`.
      - Weights w: any numbers of at least 0, not all 0; only their proportions matter.

      ## Objectives
      | name | definition | scale |
      |---|---|---|
      \(objectives.joined(separator: "\n"))

      ## Evaluators on held-out sessions
      Log loss for probabilities, mean squared error in standard deviations for numbers.

      | feedback | loss | mean per slot | best single number | calibration error |
      |---|---|---|---|---|
      \(heads.joined(separator: "\n"))

      Quality gate: \(gate)\(frozen.quality.forced ? " (training was forced to go on)" : "").

      ## Limits
      \(type(of: policy).limits) Lists unlike any that were logged are where predictions are least sure.

      """
  }
}
