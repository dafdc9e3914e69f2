import ArgumentParser
import Checkpoints
import Families
import Foundation
import ListPolicy
import ModelExport
import Sessions

/// `fader export`
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a checkpoint for a device, or as an ONNX graph.",
    discussion: """
      --device writes the smallest checkpoint that still writes lists, for the library FaderRanking: no optimiser, no judge, \
      and numbers of half or a quarter of the size. With --embeddings the rows of the items' tables go to another folder, \
      for the server: they travel with the candidates. --onnx writes a graph for onnxruntime, with the loop over the \
      places in it; w and noise are inputs. With --sessions nothing is written that loses more reward than --most-lost.

      Example:
        fader export --checkpoint runs/screen --device phone --precision int8 --sessions held-out.jsonl
        fader export --checkpoint runs/screen --onnx screen.onnx --greedy
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(help: "Folder of the checkpoint for the device.")
  var device: String?
  @Option(help: "Folder of the items' tables for the server; only with --device.")
  var embeddings: String?
  @Option(help: "File of the ONNX graph.")
  var onnx: String?
  @Option(help: "How exactly numbers are kept: float32, float16 or int8.")
  var precision = "float16"
  @Option(help: "Session file by whose requests the loss of reward is measured.")
  var sessions: String?
  @Option(help: "Most reward that lists may lose, in units of the scales; only with --sessions.")
  var mostLost = 0.01
  @Option(help: "Requests of --sessions to measure by.")
  var requests = 100
  @Flag(help: "Write an ONNX graph that writes lists greedily where the checkpoint searches.")
  var greedy = false

  func validate() throws {
    if device == nil, onnx == nil {
      throw ValidationError("expected --device, --onnx or both, got neither")
    }
    if embeddings != nil, device == nil {
      throw ValidationError("--embeddings: expected --device beside it, got none")
    }
    if requests < 1 { throw ValidationError("--requests: expected at least 1, got \(requests)") }
    if StoredPrecision(rawValue: precision) == nil {
      let known = StoredPrecision.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--precision: expected one of \(known), got \(precision)")
    }
  }

  func run() throws {
    let reader = try CheckpointReader(path: try checkpoint.path())
    let precision = StoredPrecision(rawValue: precision) ?? .float16
    if let sessions { try check(reader, precision, sessions) }
    if let device {
      let writers = try DeviceExport(reader, precision: precision)
        .writers(embeddingsTravel: embeddings != nil)
      try writers.device.write(to: device)
      StandardError.note("\(device): \(Self.bytes(of: device)) bytes")
      if let server = writers.server, let embeddings {
        try server.write(to: embeddings)
        StandardError.note("\(embeddings): \(Self.bytes(of: embeddings)) bytes")
      }
    }
    if let onnx {
      let bytes = try graph(reader, precision)
      do {
        try Data(bytes).write(to: URL(fileURLWithPath: onnx), options: .atomic)
      } catch {
        throw CommandError.cannotWrite(path: onnx, reason: error.localizedDescription)
      }
      StandardError.note("\(onnx): \(bytes.count) bytes")
    }
  }

  /// Before anything is written: what the lists lose by the precision.
  private func check(
    _ reader: CheckpointReader, _ precision: StoredPrecision, _ path: String
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fader-export-\(ProcessInfo.processInfo.processIdentifier)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try DeviceExport(reader, precision: precision).writers().device.write(to: folder)
    var file = try SessionReader(path: path)
    var asked: [Session] = []
    while asked.count < requests, let session = try file.next() { asked.append(session) }
    let loss = try RewardLoss(
      reader, exported: try CheckpointReader(path: folder), sessions: asked)
    StandardError.note(
      "\(precision.rawValue): \(Int((100 * loss.equal).rounded())) % of the lists are equal; reward "
        + "\((loss.exported * 10_000).rounded() / 10_000) of \((loss.whole * 10_000).rounded() / 10_000)"
    )
    guard loss.lost <= mostLost else {
      throw RewardLossError(loss: loss, most: mostLost, precision: precision)
    }
  }

  private func graph(
    _ reader: CheckpointReader, _ precision: StoredPrecision
  ) throws -> [UInt8] {
    let family = try Families.family(of: reader)?.family ?? ""
    return try ExportedGraph.bytes(of: reader, family: family, precision: precision, greedy: greedy)
  }

  private static func bytes(of folder: String) -> Int {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.reduce(0) { sum, file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }
}
