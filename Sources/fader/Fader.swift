import ArgumentParser
import Foundation
import Networks
import OfflineEvaluation
import Tensors
import Training
import Worlds

@main
struct Fader: ParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Train.self, Evaluate.self])
}

struct Train: ParsableCommand {
  @Option var config: String
  @Option var out: String
  @Option var workers: Int?
  @Option var set: [String] = []
  @Flag var force = false

  func run() throws {
    let configuration = try RunConfiguration(path: config, overrides: set)
    let watch = InterruptWatch()
    let context = RunContext(
      configuration: configuration, directory: try RunDirectory(path: out),
      workers: Workers(workers), interrupted: { watch.requested },
      note: { FileHandle.standardError.write(Data(($0 + "\n").utf8)) },
      progress: { ProgressLine.standardError(label: $0, total: $1, unit: $3, start: $2) })
    print(try TrainingRun(context, force: force).run())
  }
}

struct Evaluate: ParsableCommand {
  @Option var checkpoint: String
  @Option var requests = 1000
  @Option var html: String?
  @Flag var json = false

  func run() throws {
    let data = try CheckpointReader(path: checkpoint).section("data", as: DataConfiguration.self)
    let source = try SessionSource(data)
    let sessions = try source.sessions(of: .test, limit: requests)
    let report = try CheckpointEvaluation(path: checkpoint).report(
      sessions: sessions, world: source.world, workers: Workers(), seed: 1)
    print(json ? report.json() : report.textTable(color: false, width: 110))
    if let html { try report.html().write(toFile: html, atomically: true, encoding: .utf8) }
  }
}
