import JSON
import ListPolicy
import Serving
import Sessions

/// Times the steps of one answer.
struct AnswerSteps {
  static let names = [
    "parse", "check", "encode", "decide", "utilities", "whole", "plain parse", "plain encode",
  ]

  private let ranker: Ranker
  private let configuration = ServingConfiguration()
  private let objectives: [String]
  private let answer: ([UInt8]) throws -> [UInt8]

  init(_ ranker: Ranker) throws {
    self.ranker = ranker
    answer = try ranker.answering()
    objectives = ranker.description.objectives.map(\.name)
  }

  /// By step; the whole is measured apart, on the way that the server takes, with a body of other
  /// weights, so that theta(w) of the steps is of no use to it.
  func seconds(_ body: [UInt8], whole other: [UInt8]) throws -> [(String, Double)] {
    var result: [(String, Double)] = []
    var last = ContinuousClock.now
    func step(_ name: String) {
      let now = ContinuousClock.now
      result.append((name, (now - last) / .seconds(1)))
      last = .now
    }
    guard let scanned = ranker.scanner?.scan(body) else { throw LoadError.unusualBody }
    step("parse")
    let request = try scanned.request.resolved(for: ranker.description, configuration)
    step("check")
    let encoded = ranker.encode(scanned)
    step("encode")
    let weights = objectives.map { Float(request.weights?[$0] ?? 0) }
    let list = ranker.decide(request, encoded, weights: weights)
    step("decide")
    let utilities = ranker.utilities(of: list.items, encoded)
    step("utilities")
    let plain = try RankRequest(json: JSONScanner.parse(body))
    step("plain parse")
    let same = ranker.encode(plain)
    step("plain encode")
    guard same == encoded, utilities.count == objectives.count else {
      throw LoadError.unusualBody
    }
    last = .now
    _ = try answer(other)
    step("whole")
    return result
  }
}
