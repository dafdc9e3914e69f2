import Autodiff
import Features
import Networks
import PointwiseModel
import RandomStreams
import Tensors

/// The layers of Seq2Slate: a recurrent encoder over the candidates in upstream order, and a
/// recurrent decoder that points at what comes next.
///
/// `a_ti = v . relu(W_enc e_i + W_dec d_t + b)`; the paper's tanh is a ReLU here, as our pointer
/// kernel has it.
struct Seq2SlateNetwork: Sendable {
  let upstream: UpstreamOrder
  let encoder: CandidateEncoder
  let reader: GRU
  let writer: GRU
  let key: Linear
  let query: Linear
  /// `[1, A]`
  let v: ParameterID
  /// `[1, G]`, what the decoder reads first.
  let start: ParameterID

  init(
    _ c: Seq2SlateConfiguration, upstream: UpstreamOrder, layout: FeatureLayout,
    in builder: inout ParameterBuilder
  ) {
    self.upstream = upstream
    encoder = CandidateEncoder(layout, c.encoder, in: &builder)
    reader = GRU(c.encoder.width, c.state, name: "reader", in: &builder)
    writer = GRU(c.state, c.state, name: "writer", in: &builder)
    key = Linear(c.state, c.attention, bias: false, name: "key", in: &builder)
    query = Linear(c.state, c.attention, name: "query", in: &builder)
    v = builder.uniform(
      "v", rows: 1, columns: c.attention, bound: (3 / Double(c.attention)).squareRoot())
    start = builder.normal("start", rows: 1, columns: c.state, deviation: 0.1)
  }

  /// What the pointer sees at one step.
  struct Step {
    let scores: Variable
    /// `scores`, one per candidate of the batch; 0 for placed ones.
    let values: [Float]
    /// Masked softmax within each request, and the log of its sum.
    let probabilities: [Float]
    let logPartition: [Float]
    /// Candidates that are placed, and all of a complete list.
    let excluded: [Bool]
  }

  /// Writes a list per request.
  ///
  /// - Parameter choose: one candidate per request, -1 where `t >= lengths[b]`; gets the step and
  ///   the lists so far.
  func write(
    _ batch: RequestBatch, lengths: [Int], on tape: Tape,
    choose: (_ t: Int, Step, _ lists: [[Int]]) -> [Int32]
  ) -> [[Int]] {
    let (states, last) = read(batch, on: tape)  // [R, G], [B, G]
    let requests = batch.requestCount
    let attention = key.outputs
    let shape = PointerShape(offsets: batch.offsets, lists: 1, attention: attention, local: 0)
    let keys = key(states, on: tape)  // [R, A]
    let vs = tape.repeatRows(tape.parameter(v), offsets: [0, requests])  // [B, A]
    let noLocalWeights = tape.constant(Matrix(rows: requests, columns: 0))
    var lists = [[Int]](repeating: [], count: requests)
    var h = last
    var input = tape.repeatRows(tape.parameter(start), offsets: [0, requests])  // [B, G]
    for t in 0..<(lengths.max() ?? 0) {
      h = writer.step(gates: writer.input(input, on: tape), h: h, on: tape)
      let excluded = excluded(batch, lists, lengths)
      let scores = tape.pointerScores(
        shape, key: keys, query: query(h, on: tape), v: vs, localWeights: noLocalWeights,
        localContext: [], excluded: excluded)
      let values = tape.value(scores).scalars
      let (p, partition) = maskedSoftmax(values, excluded: excluded, offsets: batch.offsets)
      let picks = choose(
        t,
        Step(
          scores: scores, values: values, probabilities: p, logPartition: partition,
          excluded: excluded), lists)
      for (b, pick) in picks.enumerated() where pick >= 0 { lists[b].append(Int(pick)) }
      input = tape.gatherRows(
        states, picks.enumerated().map { $1 < 0 ? -1 : Int32(batch.offsets[$0]) + $1 })
    }
    return lists
  }

  /// The encoder's state at each candidate, and after the last one of each request.
  private func read(_ batch: RequestBatch, on tape: Tape) -> (Variable, Variable) {
    let order = UpstreamSlots(batch, upstream)
    let x = tape.gatherRows(encoder(batch, on: tape), order.rows)  // [B N, H]
    let padded = reader.sequence(
      gates: reader.input(x, on: tape), slots: order.slots, on: tape)  // [B N, G]
    let ends = order.lengths.enumerated().map { b, length in
      length > 0 ? Int32(b * order.slots + length - 1) : -1
    }
    return (tape.gatherRows(padded, order.places), tape.gatherRows(padded, ends))
  }

  private func excluded(
    _ batch: RequestBatch, _ lists: [[Int]], _ lengths: [Int]
  ) -> [Bool] {
    var mask = [Bool](repeating: false, count: batch.offsets.last ?? 0)
    for (b, list) in lists.enumerated() {
      if list.count >= lengths[b] {
        for row in batch.offsets[b]..<batch.offsets[b + 1] { mask[row] = true }
      } else {
        for candidate in list { mask[batch.offsets[b] + candidate] = true }
      }
    }
    return mask
  }
}
