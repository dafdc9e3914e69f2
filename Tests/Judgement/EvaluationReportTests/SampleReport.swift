import EvaluationReport
import OfflineEvaluation
import RandomStreams
import Statistics

/// What a made-up report holds besides the comparisons by the evaluators.
struct SampleOptions: Sendable {
  var objectives = ["click", "cold"]
  var users = 12
  var judge = true
  var truth = true
  /// Front, fidelity, attainment, examples and the evaluators' own figures.
  var extras = true
  var seed: UInt64 = 1
}

/// A report over made-up comparisons of any number of objectives.
func sampleReport(_ options: SampleOptions = SampleOptions()) -> EvaluationReport {
  SampleMaker(options).report()
}

/// Utilities that rise with their weight, seen a little differently by everyone.
struct SampleMaker {
  let options: SampleOptions
  let probes: [[Double]]
  let lines: [[Int]]
  var k: Int { options.objectives.count }
  var scales: [Double] { (0..<k).map { 0.5 / Double($0 + 1) } }

  init(_ options: SampleOptions) {
    self.options = options
    let k = options.objectives.count
    var probes: [[Double]] = []
    func place(_ weights: [Double]) -> Int {
      if let known = probes.firstIndex(where: {
        zip($0, weights).allSatisfy { abs($0 - $1) < 1e-9 }
      }) {
        return known
      }
      probes.append(weights)
      return probes.count - 1
    }
    lines = (0..<k).map { objective in
      [0, 0.2, 0.4, 0.6, 0.8, 1].map { own in
        place((0..<k).map { $0 == objective ? own : (1 - own) / Double(k - 1) })
      }
    }
    _ = place([Double](repeating: 1 / Double(k), count: k))
    if k == 3 {
      for a in 0...6 {
        for b in 0...(6 - a) { _ = place([a, b, 6 - a - b].map { Double($0) / 6 }) }
      }
    }
    self.probes = probes
  }

  func report() -> EvaluationReport {
    var accumulator = EvaluationAccumulator(
      objectives: options.objectives, scales: scales, probes: probes, lines: lines)
    var stream = RandomStream(seed: options.seed, "sample report")
    for user in 0..<options.users {
      let logged = (0..<k).map { 2 / Double($0 + 1) + 0.3 * stream.normal() / Double($0 + 1) }
      for (probe, weights) in probes.enumerated() {
        let gains = (0..<k).map { i in
          (0.9 * weights[i].squareRoot() - 0.12 + 0.4 * stream.normal()) / Double(i + 1)
        }
        func seen(_ share: Double, noise: Double = 0) -> EvaluatedLists {
          EvaluatedLists(
            generated: zip(logged, gains).map { $0 + share * $1 + noise * stream.normal() },
            logged: logged)
        }
        accumulator.add(
          probe: probe, user: UInt64(user), predicted: seen(1),
          judged: options.judge ? seen(0.85, noise: 0.1) : nil,
          truth: options.truth ? seen(0.7, noise: 0.1) : nil)
      }
    }
    var bootstrap = RandomStream(seed: options.seed, "sample bootstrap")
    var report = accumulator.report(
      bootstrapSamples: 200, using: &bootstrap, listLength: 10,
      evaluator: options.extras ? quality(0.01) : nil,
      provenance: Provenance(checkpoint: "runs/sample", seed: options.seed, data: "made up"))
    if options.extras { addExtras(to: &report) }
    return report
  }

  private func addExtras(to report: inout EvaluationReport) {
    report.judge?.evaluator = quality(0.02)
    report.boosted = BoostedSummary(
      gain: ProbeAverage(mean: 0.21, min: 0.05, low: 0.19, high: 0.23),
      betterPercentage: ProbeAverage(mean: 0.81, min: 0.6, low: 0.78, high: 0.84),
      sessions: 1234, requests: 500,
      losses: [
        "click": BoostedSummary.Losses(
          boosted: 0.4321, evaluators: 0.44, judge: nil, slotMean: 0.5)
      ])
    if !report.probes.isEmpty { report.front = front(report) }
    report.tradeOffs = tradeOffs()
    report.fidelity = FidelityCurve(
      weights: 24, ownIsBest: 0.91,
      points: (1...6).map {
        FidelityCurve.Point(
          distance: Double($0) / 7, loss: 0.02 * Double($0 * $0), pairs: 130 - 18 * $0)
      })
    let shares = probes.indices.map { 0.97 - 0.005 * Double($0 % 7) }
    let attainable = probes.indices.map { $0 == 2 ? 0.0 : 1.0 }
    report.attainment = AttainmentSummary(
      requests: 64, exhaustive: false,
      byEvaluators: AttainmentFigures(gained: shares, attainable: attainable),
      byTruth: options.truth
        ? AttainmentFigures(gained: shares.map { $0 - 0.1 }, attainable: attainable) : nil)
    report.labels = ["click": labels(0.6), "purchase": labels(0.3)]
    report.examples = ExampleSet(
      best: (0..<5).map { example($0, gain: 2 - 0.1 * Double($0)) },
      worst: (0..<5).map { example(5 + $0, gain: -0.4 + 0.1 * Double($0)) })
  }

  /// The first objective keeps 90 %, the second 30 %; in truth 10 % less, if that is known.
  private func tradeOffs() -> [String: TradeOff] {
    func figures(_ lost: Double) -> TradeOffFigures {
      TradeOffFigures(
        first: .init(own: 1, midpoint: 0.9 - lost, other: 0, scale: 0.5),
        second: .init(own: 3, midpoint: 1.6 - 2 * lost, other: 1, scale: 4))
    }
    let pairs = (0..<k).flatMap { a in (a + 1..<k).map { (a, $0) } }
    return Dictionary(
      uniqueKeysWithValues: pairs.map { a, b in
        let tradeOff = TradeOff(
          first: options.objectives[a], second: options.objectives[b], byEvaluators: figures(0),
          byTruth: options.truth ? figures(0.1) : nil)
        return (tradeOff.key, tradeOff)
      })
  }

  private func front(_ report: EvaluationReport) -> FrontSummary {
    let points = report.probes.map { probe in
      options.objectives.map { probe.utilities[$0] ?? 0 }
    }
    let flags = nonDominated(points)
    let reference = (0..<k).map { i in
      min(
        points.map { $0[i] }.min() ?? 0,
        report.probes.compactMap { $0.utilitiesLogged[options.objectives[i]] }.min() ?? 0)
    }
    let scaled = points.map { zip($0, scales).map { $0 / $1 } }
    return FrontSummary(
      hypervolume: hypervolume(scaled, reference: zip(reference, scales).map { $0 / $1 }),
      reference: Dictionary(uniqueKeysWithValues: zip(options.objectives, reference)),
      nonDominatedShare: Double(flags.filter(\.self).count) / Double(flags.count),
      nonDominated: flags.indices.filter { flags[$0] })
  }

  private func quality(_ error: Double) -> EvaluatorSummary {
    let curve = (1...10).map { bin in
      let promised = 0.04 * Double(bin)
      return ReliabilityBin(
        count: 900, predicted: promised, observed: promised + (bin % 2 == 0 ? error : -error))
    }
    return EvaluatorSummary(
      heads: [
        "click": .init(
          logLoss: 0.5025, baseRateLogLoss: 0.5476, scoreLogLoss: 0.5311, ece: error,
          reliability: curve),
        "dwell": .init(logLoss: 0.91, baseRateLogLoss: 1.02),
      ], passed: true, forced: false)
  }

  private func labels(_ level: Double) -> LabelSummary {
    LabelSummary(
      objective: options.objectives[0], sessions: 400, orderedSessions: 310, users: 12, shown: 10,
      depth: 5, slotRates: [1, 0.8, 0.5], trainingSessions: 4000,
      methods: LabelMethod.Kind.allCases.enumerated().map { place, kind in
        let mean = level - 0.04 * Double(place)
        let lead = 0.04 * Double(place) - 0.06
        let figure = LabelFigure(
          mean: mean, low: mean - 0.03, high: mean + 0.03, lead: place == 0 ? nil : lead,
          leadLow: place == 0 ? nil : lead - 0.01, leadHigh: place == 0 ? nil : lead + 0.01)
        return LabelMethod(
          kind: kind, detail: kind == .score ? "score, highest first" : nil,
          measures: Dictionary(uniqueKeysWithValues: LabelMeasure.allCases.map { ($0, figure) }))
      })
  }

  /// Two lists of ten from fifteen items.
  private func example(_ number: Int, gain: Double) -> RequestExample {
    var stream = RandomStream(seed: options.seed, "sample example", request: UInt64(number))
    let orders = [stream.permutation(15), stream.permutation(15)].map { Array($0.prefix(10)) }
    func list(_ own: [Int], _ other: [Int]) -> ExampleList {
      ExampleList(
        utilities: Dictionary(
          uniqueKeysWithValues: options.objectives.map { ($0, 1 + stream.uniform()) }),
        items: own.map { item in
          ExampleItem(
            id: "item-\(1000 * number + item)",
            features: [
              "shop": "shop \(item % 4)", "cold": "\(item % 3 == 0)", "price": "\(3 * item)",
            ],
            expected: ["click": 0.4 * stream.uniform(), "dwell": 30 * stream.uniform()],
            elsewhere: other.firstIndex(of: item).map { $0 + 1 })
        })
    }
    return RequestExample(
      request: "r\(number)",
      weights: Dictionary(
        uniqueKeysWithValues: zip(options.objectives, probes[number % probes.count])),
      gain: gain, generated: list(orders[0], orders[1]), logged: list(orders[1], orders[0]))
  }
}
