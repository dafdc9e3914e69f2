import ArgumentParser
import Objectives
import Serving
import Sessions

/// `fader rank`
struct Rank: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rank requests from standard input, one JSON object a line.",
    discussion: """
      A line is what POST /v1/rerank takes, and an answer is what it gives. A line that cannot be ranked gives a problem \
      with its line number; the others are ranked all the same.

      Example:
        fader rank --checkpoint runs/first --weights click=0.7,shops=0.3 < requests.jsonl > lists.jsonl
        fader rank --checkpoint runs/first --set serving.candidates.keep=50 < requests.jsonl > lists.jsonl
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(help: "Weights of requests that name none, as in click=0.7,cold_start=0.3.")
  var weights: String?
  @Option(
    help: "Configuration file whose section 'serving' is used: its candidates, rules and presets.")
  var config: String?
  @Option(help: "Override one value of the configuration, as in serving.candidates.keep=50.")
  var set: [String] = []

  func run() throws {
    let ranker = try Ranker(checkpoint: try checkpoint.path())
    let objectives = ranker.description.objectives.map(\.name)
    var configuration = try ServingConfiguration.read(config, overrides: set)
    try configuration.validate(objectives: objectives, features: ranker.features)
    if let weights {
      configuration.defaultWeights = try NamedWeights.parse(weights, objectives: objectives)
    }
    ranker.warmUp()
    func warn(_ text: String) { StandardError.note("warning: \(text)") }
    let counts = try rankLines(
      LineReader(path: "/dev/stdin"), ranker: ranker, configuration: configuration,
      warn: warn
    ) { try StandardOutput.write(line: $0) }
    StandardError.note("\(counts.ranked) requests ranked")
    guard counts.refused == 0, counts.failed == 0 else {
      throw CommandError.unranked(.init(refused: counts.refused, failed: counts.failed))
    }
  }
}

/// Weights as an option gives them.
enum NamedWeights {
  /// - Throws: `ValidationError` for what is no list of name=number, `WeightsError` for weights
  ///   that the model does not take.
  static func parse(_ text: String, objectives: [String]) throws -> [String: Double] {
    var weights: [String: Double] = [:]
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, let weight = Double(parts[1]),
        weights.updateValue(weight, forKey: parts[0]) == nil
      else {
        throw ValidationError(
          "--weights: expected distinct names with numbers, as in click=0.7,cold_start=0.3, got "
            + "'\(text)'")
      }
    }
    _ = try Weights(named: weights, objectives: objectives)
    return weights
  }
}
