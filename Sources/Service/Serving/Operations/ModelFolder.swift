import Checkpoints
import Foundation
import Networks

/// A folder of checkpoint folders, of which the one written last is wanted.
struct ModelFolder: Sendable {
  /// A checkpoint folder as it is now; any change to its files makes another.
  struct Checkpoint: Sendable, Equatable {
    var path: String
    var name: String
    /// Name, size and time of each file.
    fileprivate var files: [String]
    fileprivate var written: Date
  }

  let path: String

  /// The checkpoint whose bundle was written last; folders whose names start with a dot are being
  /// written.
  func newest() -> Checkpoint? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.compactMap(checkpoint).max {
      ($0.written, $0.name) < ($1.written, $1.name)
    }
  }

  /// nil where there is no such folder with a bundle, or the name leads out of the folder.
  func checkpoint(named name: String) -> Checkpoint? {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      return nil
    }
    let folder = "\(path)/\(name)"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    guard names.contains(CheckpointFolder.bundleFile) else { return nil }
    var written = Date.distantPast
    let files = names.map { file in
      let found = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
      let time = found?[.modificationDate] as? Date ?? .distantPast
      if file == CheckpointFolder.bundleFile { written = time }
      let size = found?[.size] as? NSNumber ?? 0
      return "\(file) \(size) \(time.timeIntervalSince1970)"
    }
    return Checkpoint(path: folder, name: name, files: files, written: written)
  }
}
