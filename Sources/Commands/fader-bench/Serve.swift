import ArgumentParser
import Benchmarking
import Features
import GeneratorModel
import ListPolicy
import Tensors

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One greedy request on one thread, with theta(w) made anew and with it given.")
  @OptionGroup var options: BenchOptions
  @Option(help: "Requests, each with a w of its own, that the quantiles are taken of.")
  var requests = 1000
  @Option(help: "How the hypernetwork's last layer is kept: float or bfloat16.")
  var precision = ServingPrecision.float

  func run() throws {
    let workload = try Workload(options.sizes, precision: precision)
    let (times, peak) = SgemmPeak(workers: Workers(1)).around {
      (
        workload.servedAlone(10 * options.rounds), workload.servedWithOwnWeights(requests),
        workload.servedRemembering(10 * options.rounds)
      )
    }
    let ((anew, given), own, remembering) = times
    let operations = StepOperations(workload.shape)
    var history: [(String, Double)] = []
    if let remembering { history = [("serve_remembering_ms", remembering * 1000)] }
    show(
      history + [
        ("serve_ms", anew * 1000), ("serve_cached_ms", given * 1000),
        ("serve_p50_ms", Statistics.quantile(0.5, of: own) * 1000),
        ("serve_p99_ms", Statistics.quantile(0.99, of: own) * 1000),
        ("requests_per_s", 1 / anew),
        ("peak_share", operations.request(withTheta: true) / anew / peak / 1e9),
        ("peak_share_cached", operations.request(withTheta: false) / given / peak / 1e9),
        ("peak_gflops", peak), ("workers", 1),
      ], json: options.json)
  }
}

extension Workload {
  /// Median seconds of one request, over and over, with theta(w) made anew and then with it given.
  func servedAlone(_ rounds: Int) -> (anew: Double, given: Double) {
    let batch = RequestBatch([sessions[0].request])
    let w = weights(0)
    let anew = median(rounds) {
      _ = generator.lists(batch, theta: [generator.finalLayers(w)], lengths: [shape.length])
    }
    let theta = generator.finalLayers(w)
    let given = median(rounds) {
      _ = generator.lists(batch, theta: [theta], lengths: [shape.length])
    }
    return (anew, given)
  }

  /// Median seconds of one request, over and over, with theta(w) and what the network made of the
  /// user's history given; nil without a history.
  func servedRemembering(_ rounds: Int) -> Double? {
    var request = sessions[0].request
    guard !request.history.isEmpty else { return nil }
    request.kept = KeptHistory(request.history, in: HistoryMemory())
    let batch = RequestBatch([request])
    let theta = generator.finalLayers(weights(0))
    return median(rounds) {
      _ = generator.lists(batch, theta: [theta], lengths: [shape.length])
    }
  }

  /// Seconds of each of `count` requests, the sessions' in turn, each with a w of its own.
  func servedWithOwnWeights(_ count: Int) -> [Double] {
    let batches = sessions.map { RequestBatch([$0.request]) }
    let weights = (0..<count).map(weights)
    return weights.indices.map { i in
      seconds {
        _ = generator.lists(
          batches[i % batches.count], theta: [generator.finalLayers(weights[i])],
          lengths: [shape.length])
      }
    }
  }

  /// Median seconds of all sessions' requests in one batch, one greedy list each.
  func servedTogether(_ rounds: Int, warmups: Int = 3) -> Double {
    let batch = RequestBatch(sessions.map(\.request))
    let weights = sessions.indices.map(weights)
    let lengths = sessions.map { _ in shape.length }
    return median(rounds, warmups: warmups) {
      _ = generator.lists(
        batch, theta: weights.map { generator.finalLayers($0) }, lengths: lengths)
    }
  }
}

extension ServingPrecision: ExpressibleByArgument {}
