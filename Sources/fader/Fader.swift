import ArgumentParser
import Foundation
import Tensors
import Training

@main
struct Fader: ParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Train.self])
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
