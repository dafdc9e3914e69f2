import Autodiff
import BehaviourModel
import FeatureInputs
import Features
import Networks
import RandomStreams
import Sessions
import Tensors
import Testing
import TinyModels

@Suite struct BehaviourContextTests {
  /// Requests of some candidates, with histories of clicks and exposures; the last has none.
  private struct Example {
    let schema: FittedSchema
    let requests: [Request]

    init(length: Int = 8) throws {
      var stream = RandomStream(seed: 4, "behaviour example")
      func item(_ id: String) -> Candidate {
        Candidate(
          id: id,
          features: [
            "price": .number(stream.normal()), "shop": .text("s\(stream.below(3))"),
            "score": .number(stream.uniform()),
          ])
      }
      requests = (0..<4).map { b in
        Request(
          id: "q\(b)", user: User(id: "u"),
          candidates: (0..<3 + b).map { item("c\($0)") },
          history: (0..<(3 - b) * 3).map { number in
            Behaviour(
              type: number % 3 == 2 ? "click" : Behaviour.exposure, time: Double(100 + 7 * number),
              item: item("h\(number)"), position: number + 1,
              action: number % 2 == 0 ? ["dwell": .number(stream.normal())] : [:])
          })
      }
      var configuration = SchemaConfiguration()
      configuration.augment.rank = ["score"]
      configuration.history = ["click": .init(), "exposure": .init()]
      configuration.history["exposure"]?.length = length
      var fitter = SchemaFitter(configuration)
      for request in requests {
        fitter.add(Session(request: request, time: 1000, shown: [0], feedback: [:]))
      }
      schema = try fitter.fit(columns: [], feedback: [])
    }

    var batch: RequestBatch { RequestBatch(requests.map { schema.encode($0) }) }
  }

  private struct Model {
    let input: MixedInput
    let context: BehaviourContext
    let parameters: Parameters

    init(_ schema: FittedSchema, _ configuration: BehaviourConfiguration) throws {
      var builder = ParameterBuilder(stream: RandomStream(seed: 9, "behaviour model"))
      input = MixedInput(schema.layout.item, name: "item", in: &builder)
      context = try #require(
        BehaviourContext(
          configuration, layout: schema.layout, items: input.width, in: &builder))
      parameters = builder.parameters
    }

    func values(_ batch: RequestBatch) -> Matrix {
      let tape = Tape(parameters: parameters.values, recording: false)
      return tape.value(
        context(batch, candidates: input(batch.item, on: tape), input: input, on: tape))
    }
  }

  private static func configuration(_ encoder: BehaviourEncoding, actions: Bool = true)
    -> BehaviourConfiguration
  {
    var configuration = BehaviourConfiguration()
    configuration.encoder = encoder
    configuration.actions = actions
    configuration.width = 6
    configuration.attention = 16
    return configuration
  }

  @Test(arguments: BehaviourEncoding.allCases, [true, false])
  func oneByOneIsAsAllAtOnce(encoder: BehaviourEncoding, actions: Bool) throws {
    let example = try Example()
    let model = try Model(example.schema, Self.configuration(encoder, actions: actions))
    let tape = Tape(parameters: model.parameters.values, recording: false)
    let states = example.requests.map { request -> BehaviourState in
      var state = model.context.start
      for behaviour in request.history {
        for sequence in example.schema.history.indices {
          guard
            let row = example.schema.encode(
              behaviour, asNextOf: sequence, after: state.lastTime(of: sequence))
          else { continue }
          let before = state
          let next = model.context.appending(
            row, at: behaviour.time, to: state, sequence: sequence, input: model.input, on: tape)
          #expect(state == before && next != state)
          state = next
        }
      }
      return state
    }
    let batch = example.batch
    let whole = model.values(batch)
    let stepwise = tape.value(
      model.context(
        states, candidates: model.input(batch.item, on: tape), offsets: batch.offsets, on: tape))
    #expect(whole.rows == stepwise.rows && whole.columns == model.context.width)
    for (own, other) in zip(whole.scalars, stepwise.scalars) { #expect(abs(own - other) < 1e-6) }
  }

  /// What is kept gives the very numbers, also when behaviours were added, changed or dropped.
  @Test(arguments: BehaviourEncoding.allCases)
  func whatIsKeptIsWhatWouldBeMadeAgain(encoder: BehaviourEncoding) throws {
    let example = try Example(length: 2)
    let model = try Model(example.schema, Self.configuration(encoder))
    let memory = HistoryMemory()
    var request = example.requests[0]
    func check() {
      var encoded = example.schema.encode(request)
      let plain = model.values(RequestBatch([encoded]))
      encoded.kept = KeptHistory(encoded.history, in: memory)
      for _ in 0..<2 { #expect(model.values(RequestBatch([encoded])) == plain) }
    }
    check()
    let last = try #require(request.history.last)
    for number in 1...3 {
      var next = last
      next.time += Double(number)
      next.item.id = "n\(number)"
      next.item.features["price"] = .number(Double(number))
      request.history.append(next)
      check()
    }
    request.history[1].action["dwell"] = .number(3)
    check()
    request.history.removeFirst(4)
    check()
    request.history.reverse()
    check()
  }

  /// A behaviour keeps its name as long as it is the same; what is made of it is asked for once.
  @Test func onlyNewBehavioursAreEncoded() throws {
    let example = try Example()
    let memory = HistoryMemory()
    let histories = example.schema.encode(example.requests[0]).history
    let names = memory.names(of: histories)
    #expect(memory.names(of: histories) == names)
    let model = Token()
    var asked: [[Int32]] = []
    func ask(_ names: [Int]) -> HistoryMemory.Encodings {
      memory.encodings(names, of: model, sequence: 1, nothing: ([-1, -1], [-2])) { places in
        asked.append(places)
        return (
          places.flatMap { [Float(names[Int($0)]), 0] }, places.map { Float(names[Int($0)]) * 10 }
        )
      }
    }
    let first = ask([5, 6, 7])
    #expect(first.keys == [5, 0, 6, 0, 7, 0, -1, -1] && first.values == [50, 60, 70, -2])
    _ = ask([5, 6, 7])
    let second = ask([6, 7, 9, 6])
    #expect(second.values == [60, 70, 90, 60, -2])
    #expect(asked == [[0, 1, 2], [2]])
    // Another model has its own.
    let other = Token()
    _ = memory.encodings([6], of: other, sequence: 1, nothing: ([0], [0])) { _ in ([1], [1]) }
    #expect(ask([6]).values == [60, -2])
  }

  private final class Token {}

  @Test func onlyTheNewestAreKept() throws {
    let example = try Example(length: 2)
    let model = try Model(example.schema, Self.configuration(.attention))
    let tape = Tape(parameters: model.parameters.values, recording: false)
    var state = model.context.start
    for behaviour in example.requests[0].history where behaviour.type == "exposure" {
      let row = try #require(
        example.schema.encode(behaviour, asNextOf: 1, after: state.lastTime(of: 1)))
      state = model.context.appending(
        row, at: behaviour.time, to: state, sequence: 1, input: model.input, on: tape)
    }
    // Without a recurrent unit a state that has seen more is that of the newest alone.
    var request = example.requests[0]
    request.history = request.history.filter { $0.type == "exposure" }
    let batch = RequestBatch([example.schema.encode(request)])
    let whole = model.values(batch)
    let stepwise = tape.value(
      model.context(
        [state], candidates: model.input(batch.item, on: tape), offsets: batch.offsets, on: tape))
    #expect(batch.history[1].ages.count == 2)
    for (own, other) in zip(whole.scalars, stepwise.scalars) { #expect(abs(own - other) < 1e-6) }
  }

  @Test func candidatesAreASet() throws {
    let example = try Example()
    let model = try Model(example.schema, Self.configuration(.gru))
    var reversed = example.requests[0]
    reversed.candidates.reverse()
    let own = model.values(RequestBatch([example.schema.encode(example.requests[0])]))
    let other = model.values(RequestBatch([example.schema.encode(reversed)]))
    for row in 0..<own.rows { #expect(Array(own.row(row)) == Array(other.row(own.rows - 1 - row))) }
  }

  @Test func aRequestStandsForItself() throws {
    let example = try Example()
    let model = try Model(example.schema, Self.configuration(.gru))
    let together = model.values(example.batch)
    var row = 0
    for request in example.requests {
      let alone = model.values(RequestBatch([example.schema.encode(request)]))
      for own in 0..<alone.rows {
        #expect(Array(together.row(row)) == Array(alone.row(own)))
        row += 1
      }
    }
  }

  @Test func anEmptyHistoryIsTheSameForAllCandidates() throws {
    let example = try Example()
    let model = try Model(example.schema, Self.configuration(.gru))
    let values = model.values(RequestBatch([example.schema.encode(example.requests[3])]))
    for row in 1..<values.rows { #expect(Array(values.row(row)) == Array(values.row(0))) }
    #expect(values.scalars.allSatisfy(\.isFinite) && values.scalars.contains { $0 != 0 })
  }

  @Test(arguments: BehaviourEncoding.allCases)
  func gradientsAreTheDifferences(encoder: BehaviourEncoding) throws {
    let example = try Example()
    var model = try Model(example.schema, Self.configuration(encoder))
    var parameters = model.parameters
    parameters.hinge(
      parameters.names.filter { $0.hasSuffix("_input.bias") || $0.hasSuffix("output.bias") },
      smooth: ["item."])
    model = try Model(example.schema, Self.configuration(encoder))
    let batch = example.batch
    let check = ParameterGradientCheck(parameters) { tape in
      model.context(
        batch, candidates: model.input(batch.item, on: tape), input: model.input, on: tape)
    }
    #expect(check.directionalErrors().worst.error < ParameterGradientCheck.directionalTolerance)
    #expect(check.directionalErrors(fault: 1.1).worst.error > 0.02)
  }

  @Test func withoutSequencesThereIsNone() throws {
    let example = try Example()
    var layout = example.schema.layout
    layout.history = []
    var builder = ParameterBuilder(stream: RandomStream(seed: 9, "behaviour model"))
    let context = BehaviourContext(
      BehaviourConfiguration(), layout: layout, items: 3, in: &builder)
    #expect(context == nil && builder.parameters.names.isEmpty)
  }
}
