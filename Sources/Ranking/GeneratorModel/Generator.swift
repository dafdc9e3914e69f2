package import Autodiff
import BehaviourModel
import FeatureInputs
package import Features
package import ListPolicy
package import Networks
package import Objectives
package import RandomStreams
package import Tensors

/// The policy over lists: an encoder of the candidates as a set, a pointer decoder that writes the
/// list item by item, and a hypernetwork that makes the decoder's final layers from w.
///
/// `a_ti = v . relu(W_k e_i + W_q h_t + W_l l_ti + b)`; v, b, W_l, W_q and the last layer of MLP2
/// are generated: `theta(w) = theta_0 + H(w - 1/W)`.
package struct Generator: Sendable {
  package let configuration: GeneratorConfiguration
  package let layout: FeatureLayout
  package let objectives: ObjectiveSet
  /// What it starts from; frozen, and no part of the parameters.
  package let reference: ReferencePolicy?
  package var parameters: Parameters {
    didSet { roundedOutput = nil }
  }

  private let itemInput: MixedInput
  private let userInput: MixedInput
  private let contextInput: MixedInput
  private let behaviours: BehaviourContext?
  private let encoder: ItemEncoder
  private let pool: Linear
  let recurrent: GRU
  let key: Linear
  let start: ParameterID
  private let base: ParameterID
  private let hyperHidden: Linear
  private let hyperOutput: ParameterID
  let sizes: FinalLayers.Sizes
  let relations: PlacedRelations
  /// nil where it is left out.
  private let placedAttention: PlacedAttention?
  /// A copy of the hypernetwork's last layer that is quicker to read; only after `serving`.
  private var roundedOutput: BrainFloatMatrix?

  package init(
    _ configuration: GeneratorConfiguration, layout: FeatureLayout, objectives: ObjectiveSet,
    reference: ReferencePolicy? = nil, stream: RandomStream
  ) {
    self.configuration = configuration
    self.layout = layout
    self.objectives = objectives
    self.reference =
      configuration.reference ? reference?.sharpened(configuration.sharpness) : nil
    let c = configuration
    relations = PlacedRelations(layout, isUsed: c.relations)
    sizes = FinalLayers.Sizes(
      attention: c.attention,
      local: objectives.localWidth + relations.width
        + (c.referenceValues ? self.reference?.valuesWidth ?? 0 : 0),
      state: c.state)
    var thetaStream = stream
    // With a reference the first lists are the reference's: a score of 0 leaves them to it.
    let theta = sizes.initial(&thetaStream, scoresZero: self.reference != nil)
    var builder = ParameterBuilder(stream: thetaStream)
    itemInput = MixedInput(layout.item, name: "item", in: &builder)
    userInput = MixedInput(layout.user, name: "user", in: &builder)
    contextInput = MixedInput(layout.context, name: "context", in: &builder)
    behaviours = BehaviourContext(
      c.behaviours, layout: layout, items: itemInput.width, in: &builder)
    encoder = ItemEncoder(
      items: itemInput.width + (behaviours?.width ?? 0),
      request: userInput.width + contextInput.width
        + (c.conditioning == .input ? objectives.count : 0),
      hidden: c.itemHidden, fit: c.fitWidth, outputs: c.itemWidth, name: "mlp1", in: &builder)
    pool = Linear(c.itemWidth, c.state, gain: 6, name: "mlp2", in: &builder)
    recurrent = GRU(c.itemWidth, c.state, name: "recurrent", in: &builder)
    key = Linear(c.itemWidth, c.attention, bias: false, name: "key", in: &builder)
    start = builder.normal("start", rows: 1, columns: c.itemWidth, deviation: 0.1)
    base = builder.matrix("theta", theta)
    hyperHidden = Linear(objectives.count, c.hyperHidden, gain: 6, name: "hyper", in: &builder)
    // Near zero, so that training starts from the unconditional model.
    hyperOutput = builder.normal(
      "hyper.output", rows: c.hyperHidden, columns: sizes.total, deviation: 0.01)
    placedAttention =
      c.placedAttention > 0
      ? PlacedAttention(
        items: c.itemWidth, width: c.placedAttention, objectives: objectives.count, in: &builder)
      : nil
    parameters = builder.parameters
  }

  /// Whether w as it is stands at the end of theta.
  private var keepsWeights: Bool { reference != nil || placedAttention != nil }

  /// `theta(w)` for rows of normalised weights: `[B, W]` -> `[B, S]`; with conditioning by input the
  /// same theta for all, and the centred w behind it: `[B, S + W]`. With a reference or an
  /// attention over placed items w as it is comes last, W numbers more.
  package func finalLayers(_ weights: [[Float]], on tape: Tape) -> Variable {
    finalLayers(weights, rounded: nil, on: tape)
  }

  private func finalLayers(
    _ weights: [[Float]], rounded: BrainFloatMatrix?, on tape: Tape
  ) -> Variable {
    let count = objectives.count
    let centred = weights.flatMap { w in
      precondition(w.count == count, "\(w.count) weights for \(count) objectives")
      return w.map { $0 - 1 / Float(count) }
    }
    let w = tape.constant(Matrix(rows: weights.count, columns: count, scalars: centred))
    let plain =
      keepsWeights
      ? [
        tape.constant(
          Matrix(rows: weights.count, columns: count, scalars: weights.flatMap(\.self)))
      ] : []
    if configuration.conditioning == .input {
      let rows = tape.repeatRows(tape.parameter(base), offsets: [0, weights.count])
      return tape.concatenate([rows, w] + plain)
    }
    let hidden = hyperHidden(w, rectified: true, on: tape)
    var change =
      rounded.map { tape.constant($0.product(tape.value(hidden).scalars)) }
      ?? tape.linear(hidden, weight: tape.parameter(hyperOutput))
    if Set(configuration.generated).count < FinalLayer.allCases.count {
      let mask = sizes.mask(configuration.generated)
      let rows = weights.flatMap { _ in mask }
      change = tape.elementwiseProduct(
        change,
        tape.constant(Matrix(rows: weights.count, columns: sizes.total, scalars: rows)))
    }
    let theta = tape.add(change, tape.parameter(base))
    return plain.isEmpty ? theta : tape.concatenate([theta] + plain)
  }

  /// The reference for these requests under the w at the end of theta.
  func preparedReference(
    _ batch: RequestBatch, theta: Variable, lengths: [Int], on tape: Tape
  ) -> ReferencePolicy.Prepared? {
    reference.map { reference in
      let rows = tape.value(theta)
      let first = rows.columns - objectives.count
      return reference.prepared(
        batch,
        weights: (0..<rows.rows).map { b in
          (first..<rows.columns).map { rows[b, $0] }
        }, lengths: lengths)
    }
  }

  /// What placed items do to candidates under the w at the end of theta; nil where it is left out.
  func placedPairs(
    _ items: Variable, theta: Variable, _ shape: PointerShape, on tape: Tape
  ) -> PlacedAttention.Pairs? {
    placedAttention.map { attention in
      let columns = tape.value(theta).columns
      return attention.pairs(
        items, weights: tape.columns(columns - objectives.count..<columns, of: theta), shape,
        on: tape)
    }
  }

  /// `theta(w)` as plain numbers, to be kept for other requests with the same w.
  package func finalLayers(_ weights: [Float]) -> Matrix {
    let tape = Tape(parameters: parameters.values, recording: false)
    return tape.value(finalLayers([weights], rounded: roundedOutput, on: tape))
  }

  /// The same generator for serving: with a low precision, `finalLayers(w)` as plain numbers reads a
  /// rounded copy of the hypernetwork's last layer, until the parameters change. Nothing else does.
  package func serving(_ precision: ServingPrecision) -> Generator {
    var served = self
    served.roundedOutput =
      precision == .bfloat16 && configuration.conditioning == .hypernetwork
      ? BrainFloatMatrix(parameters[hyperOutput]) : nil
    return served
  }

  func encode(_ batch: RequestBatch, theta: Variable, on tape: Tape) -> Variable {
    var request = [userInput(batch.user, on: tape), contextInput(batch.context, on: tape)]
    if configuration.conditioning == .input {
      request.append(tape.columns(sizes.total..<sizes.total + objectives.count, of: theta))
    }
    let requests = tape.concatenate(request)
    let items = itemInput(batch.item, on: tape)
    let history = behaviours?(batch, candidates: items, input: itemInput, on: tape)
    return encoder(
      history.map { tape.concatenate([items, $0]) } ?? items, requests: requests,
      offsets: batch.offsets, on: tape)
  }

  /// `h_0 = W_2 relu(pool(mean e)) + b_2`, for each of the K lists of a request: `[B K, G]`.
  func startState(
    _ items: Variable, _ batch: RequestBatch, _ final: FinalLayers, lists k: Int, on tape: Tape
  ) -> Variable {
    let mean = tape.segmentMean(items, offsets: batch.offsets)  // [B, H]
    let pooled = pool(mean, rectified: true, on: tape)  // [B, G]
    let state = tape.perRequestLinear(
      pooled, weight: final.startWeights, bias: final.startBias, rowsPerRequest: 1)
    return tape.repeatRows(state, offsets: (0...batch.requestCount).map { $0 * k })
  }

  func check(
    _ batch: RequestBatch, lengths: [Int], constraints: [DecodingConstraints]
  ) {
    precondition(
      lengths.count == batch.requestCount && constraints.count == batch.requestCount,
      "one length and one constraint per request")
    for b in 0..<batch.requestCount {
      let m = batch.candidateCount(b)
      precondition(
        constraints[b].allow(length: lengths[b], candidates: m),
        "request \(b): \(m) candidates cannot fill \(lengths[b]) slots under \(constraints[b])")
    }
  }
}
