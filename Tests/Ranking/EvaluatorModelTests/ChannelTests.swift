import Autodiff
import Checkpoints
import EvaluatorModel
import Features
import Networks
import RandomStreams
import Synchronization
import Tensors
import Testing
import TinyModels

private let names = EvaluatorChannels.all.map { $0.name }

@Suite struct ChannelTests {
  @Test func theOrderOfTheNamesMakesNoOtherModel() {
    #expect(names == ["sum", "items", "attention", "recurrent", "pairwise", "placed"])
    let all = tinyEvaluator(channels: names)
    let named = tinyEvaluator(channels: names.reversed())
    #expect(named.parameters.names == all.parameters.names)
    #expect(named.parameters.values == all.parameters.values)
  }

  /// Models from before the sixth channel name none.
  @Test func withoutNamesAllButTheOneThatHasToBeAskedForAreOn() {
    let five = tinyEvaluator(channels: names.filter { $0 != "placed" })
    #expect(tinyEvaluator().parameters.names == five.parameters.names)
    #expect(tinyEvaluator().parameters.values == five.parameters.values)
  }

  /// What the channel says of a slot depends on the items above it alone, and not on their order.
  @Test func theChannelOfPlacedItemsLooksUp() throws {
    let evaluator = tinyEvaluator(channels: [Overheard.name], table: [Overheard.self])
    let request = tinyRequests(seed: 2, candidates: [6])[0]
    func rows(_ list: [Int]) throws -> [[Float]] {
      _ = evaluator.predict(request, list)
      let rows = try #require(Overheard.rows.withLock { $0 })
      return (0..<4).map { t in (0..<rows.columns).map { rows[t, $0] } }
    }
    let (one, other) = (try rows([0, 1, 2, 3]), try rows([0, 1, 5, 4]))
    #expect(one[0] == other[0] && one[1] == other[1] && one[2] != other[2])
    #expect(distance(one[2], try rows([1, 0, 2, 3])[2]) < 1e-6)
    #expect(try rows([0, 1])[2...].allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test(arguments: names)
  func widthsFollowWhatIsSwitchedOff(name: String) {
    let all = tinyEvaluator(channels: names).parameters
    let less = tinyEvaluator(channels: names.filter { $0 != name }).parameters
    let alone = tinyEvaluator(channels: [name]).parameters
    let width = normWidth(all)
    #expect(normWidth(less) + normWidth(alone) == width && normWidth(alone) > 0)
    // Of a channel that is off nothing is left.
    let own = Set(alone.names).subtracting(tinyEvaluator(channels: ["sum"]).parameters.names)
    #expect(own.isDisjoint(with: less.names))
    #expect(own.union(less.names) == Set(all.names))
  }

  @Test(arguments: names)
  func gradientsAreRightWithOneChannelLess(name: String) {
    let check = check(tinyEvaluator(slots: 3, channels: names.filter { $0 != name }))
    let worst = check.directionalErrors().worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    #expect(check.idle() == [])
  }

  @Test(arguments: names)
  func aCheckpointKeepsWhichChannelsThereAre(name: String) throws {
    let ensemble = EvaluatorEnsemble(
      members: [tinyEvaluator(channels: names.filter { $0 != name })], pessimism: 0)
    try withTemporaryPath("channels") { path in
      var writer = CheckpointWriter()
      try writer.setSection(EvaluatorRole.training.section, ensemble.record)
      writer.add(tensors: ensemble.stored)
      try writer.write(to: path)
      let read = try EvaluatorEnsemble(try CheckpointReader(path: path), layout: tinyLayout())
      #expect(read.record == ensemble.record)
      let batch = RequestBatch(tinyRequests(seed: 1, candidates: [5]))
      let lists = ListBatch([[4, 0, 2]])
      #expect(read.predict(batch, lists) == ensemble.predict(batch, lists))
    }
  }

  @Test func namesThatMeanNoChannelsAreFaults() {
    var configuration = EvaluatorConfiguration()
    let known = "sum, items, attention, recurrent, pairwise, placed"
    configuration.channels = ["sum", "sums"]
    #expect(
      configuration.validate() == ["evaluator.channels: expected some of \(known), got sums"])
    configuration.channels = []
    #expect(
      configuration.validate() == [
        "evaluator.channels: expected at least one of \(known), got none"
      ]
    )
    configuration.channels = ["sum", "sum"]
    #expect(configuration.validate().count == 1)
    configuration.channels = ["pairwise", "sum"]
    #expect(configuration.validate() == [])
  }

  /// A further channel is a type and a row, here of a table of its own.
  @Test func aSixthChannelIsATypeAndARow() {
    let table = EvaluatorChannels.all + [TopChannel.self]
    let evaluator = tinyEvaluator(slots: 3, table: table)
    #expect(normWidth(evaluator.parameters) == normWidth(tinyEvaluator(slots: 3).parameters) + 2)
    #expect(evaluator.parameters.names.contains("top.weight"))
    let check = check(evaluator)
    #expect(check.directionalErrors().worst.error < ParameterGradientCheck.directionalTolerance)
    #expect(check.idle() == [])
    let alone = tinyEvaluator(slots: 3, channels: ["top"], table: table)
    let request = tinyRequests(seed: 2, candidates: [4])[0]
    #expect(alone.predict(request, [0, 1, 2]) != alone.predict(request, [1, 0, 2]))
  }

  private func normWidth(_ parameters: Parameters) -> Int {
    zip(parameters.names, parameters.values).first { $0.0.hasPrefix("norm.") }?.1.scalars.count ?? 0
  }

  /// Two requests, three lists of different lengths.
  private func check(_ evaluator: Evaluator) -> ParameterGradientCheck {
    var parameters = evaluator.parameters
    let bent = [
      "encoder.item.bias", "encoder.output.bias", "slot.bias", "attention.output.bias",
      "trunk.0.bias", "trunk.1.bias", "head.0.bias", "top.bias", "placed.value.bias",
    ]
    parameters.hinge(
      bent.filter { parameters.names.contains($0) }, scale: 0.6,
      smooth: ["recurrent.", "item.", "user.", "norm."])
    let batch = RequestBatch(tinyRequests(seed: 4, candidates: [3, 4]))
    let lists = ListBatch(requests: [0, 1, 1], lists: [[2, 0, 1], [3, 1], [0, 3, 2]])
    // Rows past a list's end mean nothing; a loss weighs them 0.
    let rows = lists.lists.indices.flatMap { l in lists.lists[l].indices.map { Int32(l * 3 + $0) } }
    return ParameterGradientCheck(parameters) { tape in
      tape.gatherRows(evaluator.outputs(batch, lists, on: tape), rows)
    }
  }
}

/// Looks at the item on top alone, and says the same of every slot's own item.
private struct TopChannel: EvaluatorChannel {
  static let name = "top"

  let summaryWidth = 2
  let slotWidth = 2
  private let layer: Linear

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    layer = Linear(width, 2, gain: 6, name: "top", in: &builder)
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let all = lists.placed(on: tape) { layer($0, rectified: true, on: tape) }
    let tops = (0..<lists.count).map { Int32($0 * lists.slots) }
    return ChannelOutput(summary: tape.gatherRows(all, tops), rows: { all })
  }
}

/// The channel of placed items, and what it said of slots last.
private struct Overheard: EvaluatorChannel {
  static let name = "overheard"
  static let rows = Mutex<Matrix?>(nil)

  private let placed: any EvaluatorChannel
  var summaryWidth: Int { placed.summaryWidth }
  var slotWidth: Int { placed.slotWidth }

  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder
  ) {
    let type = EvaluatorChannels.all.first { $0.name == "placed" } ?? TopChannel.self
    placed = type.init(configuration, width: width, slots: slots, in: &builder)
  }

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput {
    let output = placed(lists, on: tape)
    let rows = output.rows.map { tape.value($0()) }
    Self.rows.withLock { $0 = rows }
    return output
  }
}
