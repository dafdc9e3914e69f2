import Checkpoints
import Foundation
import Networks

/// A folder of checkpoint folders, of which the one written last is wanted.
struct ModelFolder: Sendable {
  /// A checkpoint folder as it is now; any change to its files makes another.
  struct Checkpoint: Sendable, Equatable {
    var path: String
    var name: String
    fileprivate var files: [String: FileStamp]
    fileprivate var written: Date
  }

  let path: String

  /// The checkpoint whose bundle was written last.
  func newest() -> Checkpoint? { checkpoints().first }

  /// All checkpoints, the one whose bundle was written last first; folders whose names start with a
  /// dot are being written.
  func checkpoints() -> [Checkpoint] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.compactMap(checkpoint).sorted {
      ($0.written, $0.name) > ($1.written, $1.name)
    }
  }

  /// nil where there is no such folder with a bundle, or the name leads out of the folder.
  func checkpoint(named name: String) -> Checkpoint? {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      return nil
    }
    let folder = "\(path)/\(name)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.contains(CheckpointFolder.bundleFile) else { return nil }
    let files = Dictionary(names.map { ($0, FileStamp("\(folder)/\($0)")) }) { first, _ in first }
    return Checkpoint(
      path: folder, name: name, files: files,
      written: files[CheckpointFolder.bundleFile]?.written ?? .distantPast)
  }
}
