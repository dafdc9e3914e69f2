import ArgumentParser
import Benchmarking
import Foundation
import JSON
import Sessions
import Tensors

struct Curves: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time of a greedy request and of a generator step against each size.")
  @Option(help: "Threads of a generator step; a request has one.")
  var workers = 2
  @Option(help: "Timed rounds per point; the median is taken.")
  var rounds = 3
  @Option(help: "Requests per generator step, where the batch is not the size that varies.")
  var batch = 32
  @Option(help: "JSON file to write.")
  var out: String?
  @Option(help: "SVG file to write.")
  var picture: String?
  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let measurement = CurveMeasurement(
      workers: Workers(workers), rounds: rounds, batch: batch)
    let report = CurveReport(
      curves: try CurveSize.allCases.flatMap(measurement.curves),
      grids: try CurveKind.allCases.map(measurement.grid))
    let text = report.json.serialized() as String
    if let out { try (text + "\n").write(toFile: out, atomically: true, encoding: .utf8) }
    if let picture {
      try report.picture.svg().write(toFile: picture, atomically: true, encoding: .utf8)
    }
    print(json ? text : report.text)
  }
}

/// What is timed.
enum CurveKind: String, CaseIterable {
  case request
  case generatorStep = "generator_step"

  var title: String { self == .request ? "greedy request" : "generator step" }
}

/// What varies.
enum CurveSize: String, CaseIterable {
  case candidates = "M"
  case length = "N"
  case lists = "K"
  case weights = "W"
  case batch = "B"

  var values: [Int] {
    switch self {
    case .candidates: [20, 35, 50, 100, 200]
    case .length: [5, 10, 20, 35, 50]
    case .lists: [1, 2, 4, 8, 16]
    case .weights: [1, 2, 4, 6, 8]
    case .batch: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    }
  }

  var title: String {
    switch self {
    case .candidates: "candidates M"
    case .length: "list length N"
    case .lists: "lists per request K"
    case .weights: "objectives W"
    case .batch: "requests at once B"
    }
  }

  /// A greedy request writes one list whatever K is.
  var kinds: [CurveKind] { self == .lists ? [.generatorStep] : [.request, .generatorStep] }

  func set(_ value: Int, in sizes: inout WorkloadSizes) {
    switch self {
    case .candidates: sizes.candidates = value
    case .length: sizes.length = value
    case .lists: sizes.lists = value
    case .weights: sizes.weights = value
    case .batch: sizes.batch = value
    }
  }
}
