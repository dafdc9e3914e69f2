import Foundation
import Sessions

/// The folder of a log, and which of its files are segments of one prefix.
struct SegmentFolder {
  let path: String
  let prefix: String

  /// Makes the folder if it is missing.
  func prepare() throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }

  /// The path of a segment that begins now. Only its exclusive creation says that nobody else took
  /// the name meanwhile.
  func unused(seconds: Double) -> String {
    var number = 1
    while true {
      let file = SegmentName(seconds: seconds, number: number).file(prefix: prefix)
      if !FileManager.default.fileExists(atPath: "\(path)/\(file)") { return "\(path)/\(file)" }
      number += 1
    }
  }

  /// Deletes the oldest segments until the others have at most that many bytes.
  ///
  /// - Returns: how many were deleted, and why one could not be.
  func deleteOldest(beyond most: Int, but current: String) -> (deleted: Int, trouble: String?) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let segments = files.compactMap { file in
      SegmentName(file: file, prefix: prefix).map { (name: $0, path: "\(path)/\(file)") }
    }.filter { $0.path != current }.sorted { $0.name < $1.name }
    let sizes = segments.map { segment in
      let attributes = try? FileManager.default.attributesOfItem(atPath: segment.path)
      return attributes?[.size] as? Int ?? 0
    }
    var total = sizes.reduce(0, +)
    var trouble: String?
    var deleted = 0
    for (segment, size) in zip(segments, sizes) where total > most {
      do {
        try FileManager.default.removeItem(atPath: segment.path)
        total -= size
        deleted += 1
      } catch {
        trouble = "\(segment.path): cannot be deleted (\(error.localizedDescription))"
      }
    }
    return (deleted, trouble)
  }
}
