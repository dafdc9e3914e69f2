import Adaptation
import Autodiff
import EvaluatorModel
import Features
import Networks
import RandomStreams
import ScreenModel
import Tensors
import Testing
import TinyModels

/// A screen model that has left its start, and users with sessions.
enum TinyUsers {
  static let heads = ["click", "has_next"].map { EvaluatorHead(feedback: $0, kind: .binary) }

  static func ranker(seed: UInt64 = 3) throws -> ScreenRanker {
    var c = ScreenConfiguration()
    c.scores = ["quality"]
    (c.attention, c.cross, c.experts, c.expertWidth, c.tower) = (3, 2, 2, 4, 3)
    var ranker = try ScreenRanker(
      c, layout: tinyLayout(history: true), heads: heads,
      stream: RandomStream(seed: seed, "tiny users"))
    var stream = RandomStream(seed: seed, "tiny users start")
    for layer in ranker.lastLayers {
      for i in ranker.parameters[layer.weight].scalars.indices {
        ranker.parameters.values[layer.weight.position].scalars[i] = Float(stream.normal())
      }
    }
    return ranker
  }

  /// - Parameter taste: what the users' clicks follow beside chance.
  static func sessions(seed: UInt64, count: Int, taste: Float = 0) -> [EncodedSession] {
    let requests = tinyRequests(
      seed: seed, candidates: [Int](repeating: 5, count: count), history: true)
    var stream = RandomStream(seed: seed, "tiny feedback")
    return requests.enumerated().map { number, request in
      let shown: [Int32] = [1, 3, 0]
      let feedback = heads.map { _ in
        shown.map { item -> Float in
          let logit = taste * (request.item.numbers[2 * Int(item)] + 1)
          return stream.uniform() < Double(1 / (1 + exp(-logit))) ? 1 : 0
        }
      }
      return EncodedSession(
        request: request, shown: shown, feedback: feedback, userKey: 9, time: Double(number))
    }
  }

  private static func exp(_ x: Float) -> Float {
    let p = Activation.sigmoid.apply(to: [x])[0]
    return p / (1 - p)
  }
}

@Suite struct MetaGradientTests {
  private func task() -> UserTask {
    UserTask.all(TinyUsers.sessions(seed: 5, count: 5))[0]
  }

  private func training(_ method: MetaMethod, steps: Int) throws -> MetaTraining {
    var configuration = MetaConfiguration()
    configuration.method = method
    configuration.innerSteps = steps
    configuration.innerRate = 0.7
    configuration.sharedShare = 0.2
    var ranker = try TinyUsers.ranker()
    ranker.parameters.hinge(
      ranker.parameters.names.filter {
        $0.hasSuffix("query.bias") || $0.hasSuffix("hidden.bias")
      }, level: 2)
    return MetaTraining(configuration, start: ranker)
  }

  /// The exact meta-gradient against central differences through the inner steps.
  @Test(arguments: [1, 3]) func gradientsRunThroughTheSteps(steps: Int) throws {
    let training = try training(.maml, steps: steps)
    let task = task()
    let check = ParameterGradientCheck(training.ranker.parameters) { tape in
      training.loss(task, on: tape).total
    }
    let worst = check.directionalErrors().filter { $0.name != "shares" }.worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }

  /// The control: without second derivatives the same check fails.
  @Test func firstOrderLeavesSomethingOut() throws {
    let training = try training(.fomaml, steps: 3)
    let task = task()
    let check = ParameterGradientCheck(training.ranker.parameters) { tape in
      training.loss(task, on: tape).total
    }
    let worst = check.directionalErrors().filter { $0.name.hasSuffix("output.weight") }.worst
    #expect(worst.error > ParameterGradientCheck.directionalTolerance)
  }

  /// What a device does without a tape is what the tape does.
  @Test func aDeviceTakesTheSameSteps() throws {
    let ranker = try TinyUsers.ranker()
    let sessions = TinyUsers.sessions(seed: 8, count: 6)
    let (support, query) = (Array(sessions.prefix(4)), Array(sessions.suffix(2)))
    var fit = SliceFit()
    (fit.steps, fit.rate, fit.pull, fit.clip, fit.fullAt) = (2, 0.4, 0, .infinity, 1)
    let slice = fit.fit(ranker, support, base: "b")
    let own = try ranker.applying(slice, base: "b")
    let tape = Tape(parameters: ranker.parameters.values, recording: false)
    let losses = InnerSteps(count: 2, isFirstOrder: false).losses(
      ranker, support: support, query: query,
      rate: tape.constant(Matrix(rows: 1, columns: 1, repeating: 0.4)), on: tape)
    #expect(abs(Double(tape.value(losses.adapted).scalars[0]) - own.meanLoss(query)) < 1e-5)
    #expect(abs(Double(tape.value(losses.shared).scalars[0]) - ranker.meanLoss(query)) < 1e-5)
    #expect(own.meanLoss(query) != ranker.meanLoss(query))
  }

  @Test func stepsMakeSlicesBetter() throws {
    var configuration = MetaConfiguration()
    (configuration.steps, configuration.users, configuration.innerRate) = (30, 4, 0.3)
    configuration.rate = 0.01
    for method in MetaMethod.allCases {
      configuration.method = method
      var training = MetaTraining(configuration, start: try TinyUsers.ranker())
      let tasks = (0..<6).map { user -> UserTask in
        UserTask.all(
          TinyUsers.sessions(seed: UInt64(user + 20), count: 6, taste: user % 2 == 0 ? 2 : -2))[0]
      }
      var losses: [Double] = []
      training.run(tasks, workers: Workers(2)) { _, adapted, _ in losses.append(adapted) }
      let (first, last) = (losses.prefix(8).reduce(0, +), losses.suffix(8).reduce(0, +))
      #expect(last < first, "\(method.rawValue): \(first / 8) to \(last / 8)")
    }
  }
}

@Suite struct PrivateSliceTests {
  @Test func aSliceOfAnotherModelIsRefused() throws {
    let ranker = try TinyUsers.ranker()
    let slice = SliceFit().fit(ranker, TinyUsers.sessions(seed: 1, count: 3), base: "one")
    #expect(throws: PrivateSliceError.self) { try ranker.applying(slice, base: "other") }
  }

  /// A user who does the contrary of what the shared model expects gets a slice; one who does what it
  /// expects does not need one.
  @Test func onlyWhoGainsByItGetsOne() throws {
    let ranker = try TinyUsers.ranker()
    var fit = SliceFit()
    (fit.rate, fit.steps, fit.fullAt, fit.pull) = (0.2, 20, 1, 0)
    let odd = TinyUsers.sessions(seed: 4, count: 60, taste: -4)
    let kept = try #require(fit.fitIfUseful(ranker, odd, base: "b"))
    let later = TinyUsers.sessions(seed: 104, count: 60, taste: -4)
    #expect(try ranker.applying(kept, base: "b").meanLoss(later) < ranker.meanLoss(later))
    #expect(fit.fitIfUseful(ranker, [odd[0]], base: "b") == nil)
  }

  @Test func partsThatMayNotChangeDoNot() throws {
    var fit = SliceFit()
    fit.parts = [.bias]
    let slice = fit.fit(
      try TinyUsers.ranker(), TinyUsers.sessions(seed: 2, count: 5), base: "b")
    for head in slice.heads {
      #expect(head.weight.allSatisfy { $0 == 0 } && head.scale.allSatisfy { $0 == 0 })
      #expect(head.bias != 0)
    }
  }
}
