import ArgumentParser
import Benchmarking
import EvaluatorModel
import Features
import ListSearch
import Objectives
import Tensors
import Training

struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Searches against one evaluator on one thread: lists scored per second.")
  @OptionGroup var options: BenchOptions
  @Option(help: "Lists that a local search may score.")
  var budget = 2000
  @Option(help: "Width of the beam.")
  var width = 8

  func run() throws {
    let workload = try Workload(options.sizes)
    let ((local, beam), peak) = SgemmPeak(workers: Workers(1)).around {
      (
        workload.searched(options.rounds) { score in
          _ = LocalSearch(budget: budget).best(
            candidates: options.candidates, length: options.length, seed: 1, score: score)
        },
        workload.searched(options.rounds) { score in
          _ = beamSearch(
            candidates: options.candidates, length: options.length, width: width, chunk: 64,
            score: score)
        }
      )
    }
    let operations = StepOperations(workload.shape)
    show(
      [
        ("lists_per_s", local), ("beam_lists_per_s", beam),
        ("peak_share", local * operations.scoring(lists: 1) / peak / 1e9),
        ("peak_gflops", peak), ("workers", 1),
      ], json: options.json)
  }
}

extension Workload {
  /// Lists scored per second by a search, the median over some requests.
  func searched(_ rounds: Int, _ search: (([[Int]]) -> [Double]) -> Void) -> Double {
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [evaluator], pessimism: 0), objectives: objectives)
    let rates = (0..<max(3, rounds / 5)).map { round -> Double in
      let batch = RequestBatch([sessions[round % sessions.count].request])
      let w = weights(round)
      var scored = 0
      let seconds = seconds {
        search { lists in
          scored += lists.count
          let batchOfLists = ListBatch(requests: lists.map { _ in 0 }, lists: lists)
          return utilities.utilities(batch, batchOfLists)
            .map { Double(objectives.reward($0, weights: w)) }
        }
      }
      return Double(scored) / seconds
    }
    return Statistics.median(rates)
  }
}
