package import Autodiff
package import Features
package import ListPolicy
import Networks
import Objectives
import RandomStreams
import Tensors

/// What the pointer says of the next step of the lists.
struct DecodingStep {
  /// Which slot is filled, from 0.
  let slot: Int
  /// `[1, entries]`
  let scores: Variable
  let values: [Float]
  /// Entries that may not be picked.
  let excluded: [Bool]
  let probabilities: [Float]
  /// Of each row.
  let logPartition: [Float]
  /// The reference's logits, `[entries]`; nil without one.
  let reference: [Float]?
}

extension DecodingStep {
  /// The reference's log-probability of each row's pick; 0 for a complete list or without one.
  fileprivate func referenceLogs(_ picks: [Int32], _ decoding: Decoding) -> [Float] {
    guard let reference else { return picks.map { _ in 0 } }
    let offsets = decoding.rowOffsets
    let partition = maskedSoftmax(reference, excluded: excluded, offsets: offsets).logPartition
    return picks.enumerated().map { row, pick in
      pick < 0 ? 0 : reference[offsets[row] + Int(pick)] - partition[row]
    }
  }
}

/// What stands in the slot of each row from now on.
struct DecodingChoice {
  /// Which row each row goes on from; its own when nil.
  var parents: [Int]?
  /// One pick per row, counted from its parent's start; -1 for a complete list.
  var picks: [Int32]
}

extension Generator {
  /// Writes K lists for each request, on the tape.
  ///
  /// - Parameters:
  ///   - theta: `[B, S]`.
  ///   - lengths: list length per request, at most what its constraints leave.
  ///   - lists: K.
  ///   - isOver: as in `ListPolicy.lists`; there are then fewer steps, too.
  /// - Returns: the lists, list k of request b at `b * K + k`, and per step a `[B K, 2]` variable
  ///   of log-probability and entropy, both 0 where the list is already complete. `referenceLogs`
  ///   is given the reference's log-probability of each row's pick, step by step.
  package func decode(
    _ batch: RequestBatch, theta: Variable, lengths: [Int], lists k: Int,
    constraints: [DecodingConstraints]? = nil, policy: DecodingPolicy, on tape: Tape,
    isOver: () -> Bool = { false },
    referenceLogs: ((_ step: [Float]) -> Void)? = nil
  ) -> (lists: [[Int]], steps: [Variable]) {
    let constraints =
      constraints ?? [DecodingConstraints](repeating: .none, count: batch.requestCount)
    var streams = policy.streams(rows: batch.requestCount * k, lists: k)
    var steps: [Variable] = []
    let lists = write(
      batch, theta: theta, lengths: lengths, lists: k, constraints: constraints, on: tape,
      isOver: isOver
    ) { step, decoding in
      let picks = decoding.choose(step, policy, streams: &streams)
      if let referenceLogs { referenceLogs(step.referenceLogs(picks, decoding)) }
      steps.append(
        tape.pickLogProbability(
          step.scores, probabilities: step.probabilities, logPartition: step.logPartition,
          offsets: decoding.rowOffsets, picks: picks))
      return DecodingChoice(picks: picks)
    }
    return (lists, steps)
  }

  /// The loop over the slots: the recurrent state goes on, the pointer scores what may stand in the
  /// slot, `choose` says what does; before each slot `isOver` may end it.
  func write(
    _ batch: RequestBatch, theta: Variable, lengths: [Int], lists k: Int,
    constraints: [DecodingConstraints], on tape: Tape, isOver: () -> Bool = { false },
    choose: (DecodingStep, Decoding) -> DecodingChoice
  ) -> [[Int]] {
    check(batch, lengths: lengths, constraints: constraints)
    let shape = PointerShape(
      offsets: batch.offsets, lists: k, attention: sizes.attention, local: sizes.local)
    var decoding = Decoding(
      batch: batch, objectives: objectives, lengths: lengths, constraints: constraints,
      shape: shape, relations: relations)
    var reference = preparedReference(batch, theta: theta, lengths: lengths, on: tape)
    let final = FinalLayers(theta, sizes: sizes, on: tape)
    let items = encode(batch, theta: theta, on: tape)  // [R, H]
    let keys = key(items, on: tape)  // [R, A]
    let pairs = placedPairs(items, theta: theta, shape, on: tape)
    // The recurrent unit's part of a candidate is the same whenever it is placed; with fewer picks
    // than candidates it is made pick by pick.
    let gates =
      batch.item.rows > decoding.steps * batch.requestCount * k
      ? nil : recurrent.input(items, on: tape)  // [R, 3G]
    var h = startState(items, batch, final, lists: k, on: tape)  // [B K, G]
    let first = recurrent.input(tape.parameter(start), on: tape)
    var input = tape.repeatRows(first, offsets: [0, batch.requestCount * k])  // [B K, 3G]
    for t in 0..<decoding.steps {
      if isOver() { break }
      h = recurrent.step(gates: input, h: h, on: tape)
      var local = decoding.localContext()
      let prior =
        (reference?.entries(
          of: decoding, values: &local, from: objectives.localWidth + relations.width,
          stride: sizes.local)).map { tape.constant($0) }
      let placed = pairs?.scores(decoding.lists, on: tape)
      let step = point(at: t, h, keys, final, placed, prior, local, decoding, on: tape)
      let choice = choose(step, decoding)
      if let parents = choice.parents { decoding.rearrange(parents) }
      decoding.place(choice.picks)
      guard t + 1 < decoding.steps else { break }
      if let parents = choice.parents { h = tape.gatherRows(h, parents.map { Int32($0) }) }
      let picked = decoding.rows(of: choice.picks)
      input =
        gates.map { tape.gatherRows($0, picked) }
        ?? recurrent.input(tape.gatherRows(items, picked), on: tape)
    }
    return decoding.lists
  }

  /// Scores of what may stand in the slot: `h [B K, G]`, `keys [R, A]`, `local [entries, L]`.
  private func point(
    at slot: Int, _ h: Variable, _ keys: Variable, _ final: FinalLayers, _ placed: Variable?,
    _ prior: Variable?, _ local: [Float], _ decoding: Decoding, on tape: Tape
  ) -> DecodingStep {
    let query = tape.perRequestLinear(
      h, weight: final.queryWeights, bias: final.b, rowsPerRequest: decoding.shape.lists)
    // query [B K, A]
    let excluded = decoding.excluded(at: slot)
    var scores = tape.pointerScores(
      decoding.shape, key: keys, query: query, v: final.v, localWeights: final.localWeights,
      localContext: local, excluded: excluded)  // [1, entries]
    if let placed { scores = tape.add(scores, placed) }
    if let prior { scores = tape.add(scores, prior) }
    let values = tape.value(scores).scalars
    let (probabilities, logPartition) = maskedSoftmax(
      values, excluded: excluded, offsets: decoding.rowOffsets)
    return DecodingStep(
      slot: slot, scores: scores, values: values, excluded: excluded, probabilities: probabilities,
      logPartition: logPartition, reference: prior.map { tape.value($0).scalars })
  }
}

extension DecodingPolicy {
  /// A stream for each list where lists are drawn; list k of request b at `b * K + k`.
  fileprivate func streams(rows: Int, lists k: Int) -> [RandomStream] {
    guard case .sample(let seed, let step, let first) = self else { return [] }
    return (0..<rows).map { row in
      // The list's number in the upper half keeps streams of different lists apart.
      let request = UInt64(first + row / k) | UInt64(row % k) << 32
      return RandomStream(seed: seed, "generator.decode", step: step, request: request)
    }
  }
}
