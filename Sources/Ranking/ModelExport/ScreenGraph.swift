package import Checkpoints
import EvaluatorModel
import Features
import ListPolicy
import Objectives
import ScreenModel

/// The screen model as an ONNX graph that writes a list greedily.
///
/// Inputs: the sides of a request (`GraphSides`), of each sequence NAME of the history
/// `watched_NAME_*` for items, `watched_NAME_action_*` and `watched_NAME_ages [L]`; `columns [C, M]`;
/// `weights [W]`, summing to 1; `excluded [n, M]`, above 0 where a candidate may not stand; `noise [n, M]`,
/// added to what each candidate would add to the reward: zeros for the best list. Outputs: `order [n]`,
/// indices of candidates from the top down, and `predictions [n, heads]` of what stands there.
package struct ScreenGraph {
  let sides: GraphSides
  let schema: FittedSchema
  let objectives: ObjectiveSet
  let configuration: ScreenConfiguration
  let heads: [EvaluatorHead]
  let model: String

  /// - Parameter greedy: writes greedily what the checkpoint searches for by a beam.
  /// - Throws: `ExportError` for a checkpoint with a beam, unless greedy.
  package init(
    _ checkpoint: CheckpointReader, precision: StoredPrecision, greedy: Bool
  ) throws {
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    configuration = try checkpoint.section(
      ScreenPolicy.family, as: ScreenConfiguration.self)
    heads = try checkpoint.section(
      EvaluatorRole.training.section, as: EvaluatorRecord.self
    ).heads
    model = checkpoint.modelHash
    sides = GraphSides(
      layout: schema.layout, tensors: try checkpoint.tensors(), precision: precision,
      prefix: ScreenPolicy.tensorPrefix)
    if configuration.beam.width > 1, !greedy {
      throw ExportError.graph(
        family: ScreenPolicy.family, what: "a beam of width \(configuration.beam.width)",
        remedy: "give --greedy, or train with screen.beam.width=1")
    }
  }

  /// The file.
  package func bytes() throws -> [UInt8] {
    var graph = Graph()
    let request = try GraphRequest(sides, objectives, in: &graph)
    // What depends on the candidate alone.
    let sums = graph.sum(request.item.numbers, axes: [1], keeps: true)
    let zeros = graph.multiply(sums, graph.constant(0))  // [M, 1]
    let fixedSides = graph.concatenate([request.user.rows, request.context.rows], axis: 1)
    var fixed = [request.item.rows, graph.add(fixedSides, zeros)]
    for history in configuration.watched ? schema.layout.history : [] {
      fixed.append(try watched(history, request.item, zeros, in: &graph))
    }
    let shared = Shared(
      request: request, zeros: zeros, fixed: graph.concatenate(fixed, axis: 1),
      offsets: try offsets(request.item, zeros, in: &graph))
    let lists = try loop(shared, in: &graph)
    graph.output(lists.order, named: "order", .int64, [nil])
    graph.output(lists.predictions, named: "predictions", .float, [nil, heads.count])
    return graph.model(
      named: "fader-screen",
      metadata: [
        "model": model, "objectives": objectives.names.joined(separator: ","),
        "heads": heads.map(\.feedback).joined(separator: ","),
      ])
  }

  /// What the loop's body reads.
  struct Shared {
    let request: GraphRequest
    let zeros: Graph.Value
    let fixed: Graph.Value
    let offsets: Graph.Value
  }

  var scorePlaces: [Int] {
    configuration.scores.compactMap { schema.layout.item.numbers.firstIndex(of: $0) }
  }
}
