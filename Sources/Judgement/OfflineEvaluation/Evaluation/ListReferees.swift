package import Checkpoints
package import EvaluatorModel
package import Features
import Networks
package import Objectives
import Sessions
package import Worlds

/// Everyone who has something to say about a list: the training evaluators, a judge if there is
/// one, and a world if there is one.
package struct ListReferees: Sendable {
  package let schema: FittedSchema
  package let objectives: ObjectiveSet
  package let evaluators: EvaluatorEnsemble
  package let judge: EvaluatorEnsemble?
  package var world: (any World)?

  package init(
    schema: FittedSchema, objectives: ObjectiveSet, evaluators: EvaluatorEnsemble,
    judge: EvaluatorEnsemble?, world: (any World)?
  ) {
    self.schema = schema
    self.objectives = objectives
    self.evaluators = evaluators
    self.judge = judge
    self.world = world
  }

  /// Those of a checkpoint.
  package init(_ checkpoint: CheckpointReader, world: (any World)?) throws {
    let schema = try checkpoint.section("schema", as: FittedSchema.self)
    let hasJudge = checkpoint.hasSection(EvaluatorRole.judge.section)
    self.init(
      schema: schema, objectives: try checkpoint.section("objectives", as: ObjectiveSet.self),
      evaluators: try EvaluatorEnsemble(checkpoint, layout: schema.layout),
      judge: hasJudge
        ? try EvaluatorEnsemble(checkpoint, layout: schema.layout, role: .judge) : nil,
      world: world)
  }

  /// Lists that a network looks at in one go: more would only take memory.
  private static let chunk = 512

  /// Raw utilities by the mean of an ensemble and the rules: `[list][k]`.
  func utilities(
    _ ensemble: EvaluatorEnsemble, _ batch: RequestBatch, _ lists: ListBatch
  ) -> [[Float]] {
    stride(from: 0, to: lists.count, by: Self.chunk).flatMap { start -> [[Float]] in
      let range = start..<min(lists.count, start + Self.chunk)
      let part = ListBatch(
        requests: Array(lists.requests[range]), lists: Array(lists.lists[range]))
      let predictions = ensemble.predict(
        batch, part, feedback: objectives.feedback, pessimism: 0)
      return part.lists.indices.map {
        objectives.utilities(
          of: part.lists[$0], columns: batch.columns[part.requests[$0]],
          predictions: predictions[$0])
      }
    }
  }

  /// The truth about a request, to be asked for many lists; nil without a world.
  ///
  /// - Precondition: the world knows the request.
  func truth(about request: Request, columns: [[Float]]) -> RequestTruth? {
    world.map {
      RequestTruth(law: $0.truth(for: request), objectives: objectives, columns: columns)
    }
  }
}

/// True utilities of lists for one request.
struct RequestTruth: Sendable {
  let law: any ListTruth
  let objectives: ObjectiveSet
  /// `[C][M]`
  let columns: [[Float]]

  func utilities(of list: [Int]) -> [Float] {
    let expected = law.expectedFeedback(of: list)
    return objectives.utilities(
      of: list, columns: columns,
      predictions: objectives.feedback.map { expected[$0] ?? [] })
  }
}
