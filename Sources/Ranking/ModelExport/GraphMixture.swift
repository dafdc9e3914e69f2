import EvaluatorModel
import ScreenModel

/// Experts, gates and towers (`HeadMixture`) as nodes: the fixed part outside of a loop, the rest in it.
struct GraphMixture {
  private let sides: GraphSides
  private let width: Int
  private let shared: Int
  private let own: Int
  private let heads: [EvaluatorHead]
  private let sharedMade: Graph.Value?
  private let made: [(own: Graph.Value?, gate: Graph.Value?)]

  init(
    _ sides: GraphSides, _ c: ScreenConfiguration, heads: [EvaluatorHead], fixed: Graph.Value,
    in graph: inout Graph
  ) throws {
    self.sides = sides
    self.heads = heads
    width = c.expertWidth
    (shared, own) = c.mixture.experts(c.experts)
    sharedMade =
      shared > 0 ? try sides.linear("mixture.shared.fixed", fixed, in: &graph) : nil
    var made: [(own: Graph.Value?, gate: Graph.Value?)] = []
    for head in heads {
      let name = "mixture.\(head.feedback)"
      made.append(
        (
          own > 0 ? try sides.linear("\(name).own.fixed", fixed, in: &graph) : nil,
          shared + own > 1 ? try sides.linear("\(name).gate.fixed", fixed, in: &graph) : nil
        ))
    }
    self.made = made
  }

  /// `moving [M, _]` -> `[M, heads]`
  func outputs(_ moving: Graph.Value, in body: inout Graph) throws -> Graph.Value {
    let common = try experts(
      "mixture.shared", "mixture.shared_norm", sharedMade, shared, moving, in: &body)
    var columns: [Graph.Value] = []
    for (head, parts) in zip(heads, made) {
      let name = "mixture.\(head.feedback)"
      let single = try experts(
        "\(name).own", "\(name).own_norm", parts.own, own, moving, in: &body)
      let all = body.concatenate([common, single].compactMap(\.self), axis: 1)  // [M, E, H]
      var mixed: Graph.Value
      if let gate = parts.gate {
        let scores = body.add(gate, try sides.linear("\(name).gate.moving", moving, in: &body))
        let chances = body.node("Softmax", [scores], ["axis": .int(1)])
        mixed = body.sum(body.multiply(body.unsqueeze(chances, [2]), all), axes: [1])
      } else {
        mixed = body.squeeze(all, [1])
      }
      mixed = body.relu(try sides.linear("\(name).hidden", mixed, in: &body))
      columns.append(try sides.linear("\(name).output", mixed, in: &body))
    }
    return body.concatenate(columns, axis: 1)
  }

  /// `[M, count, H]`
  private func experts(
    _ name: String, _ norm: String, _ made: Graph.Value?, _ count: Int, _ moving: Graph.Value,
    in body: inout Graph
  ) throws -> Graph.Value? {
    guard let made else { return nil }
    let hidden = body.add(made, try sides.linear("\(name).moving", moving, in: &body))
    let normal = body.node(
      "LayerNormalization",
      [
        body.reshape(hidden, [-1, count, width]),
        body.reshape(try sides.weight("\(norm).gain", in: &body), [width]),
        body.reshape(try sides.weight("\(norm).bias", in: &body), [width]),
      ], ["axis": .int(-1), "epsilon": .float(1e-5)])
    return body.multiply(normal, body.sigmoid(normal))
  }
}
