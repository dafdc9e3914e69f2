import Foundation

/// Where a writer's lines are to be in the end.
package enum OutputPlace: Sendable, Equatable {
  /// A file, there or not yet, behind all symbolic links: it can be replaced in one step.
  case file(String)
  /// A pipe, a device or a socket, which can only be written to.
  case stream(String)
  /// What this process has open, as `/dev/stdout` and `/dev/fd/3` name it.
  case descriptor(Int32)

  private static let linkLimit = 40

  /// - Throws: `FileError` for an empty path, a folder, or links that go in a circle.
  package init(_ path: String) throws(FileError) {
    guard !path.isEmpty else {
      throw .unwritable(path: "\"\"", reason: "the path is empty")
    }
    var place = path
    for _ in 0..<OutputPlace.linkLimit {
      if let number = OutputPlace.descriptor(place) {
        self = .descriptor(number)
        return
      }
      switch fileType(place) {
      case .typeSymbolicLink?:
        guard let end = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else {
          throw .unwritable(path: path, reason: "its link cannot be followed")
        }
        place = OutputPlace.path(end, from: place)
      case .typeRegular?, nil:
        self = .file(place)
        return
      case .typeDirectory?: throw .unwritable(path: path, reason: "it is a folder")
      default:
        self = .stream(place)
        return
      }
    }
    throw .unwritable(path: path, reason: "its links go in a circle")
  }

  /// The end of a link, which is relative to the folder that the link is in.
  private static func path(_ end: String, from link: String) -> String {
    guard !end.hasPrefix("/"), let slash = link.lastIndex(of: "/") else { return end }
    return link[...slash] + end
  }

  private static func descriptor(_ path: String) -> Int32? {
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }
}

extension OutputPlace {
  /// Puts a finished file in its place, or its bytes into what can only be written to.
  func take(_ path: String) throws(FileError) {
    switch self {
    case .file(let target): try GzipFile.move(path, to: target)
    case .stream(let target): try copy(path, into: FileHandle(forWritingAtPath: target), target)
    case .descriptor(let number):
      try copy(
        path, into: FileHandle(fileDescriptor: number, closeOnDealloc: false), "/dev/fd/\(number)")
    }
  }

  private func copy(
    _ path: String, into output: FileHandle?, _ target: String
  ) throws(FileError) {
    guard let output, let input = FileHandle(forReadingAtPath: path) else {
      throw .unwritable(path: target, reason: "it cannot be opened")
    }
    do {
      while let block = try input.read(upToCount: 1 << 20), !block.isEmpty {
        try output.write(contentsOf: block)
      }
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .unwritable(path: target, reason: error.localizedDescription)
    }
  }
}

/// A path for what is needed while `target` is written: beside it, where there is room for it, or
/// in the system's temporary folder when it is no file.
package func temporaryPath(beside target: String, ending: String) throws(FileError) -> String {
  let name = "\(ProcessInfo.processInfo.processIdentifier)-\(ending)"
  if case .file(let path) = try OutputPlace(target) { return "\(path).\(name)" }
  return FileManager.default.temporaryDirectory.appendingPathComponent("fader.\(name)").path
}

/// Whether two paths lead to one file, by whatever links; devices and pipes may be shared.
package func isSameFile(_ left: String, _ right: String) -> Bool {
  guard case .file(let left)? = try? OutputPlace(left),
    case .file(let right)? = try? OutputPlace(right)
  else { return false }
  if let left = fileNumbers(left), let right = fileNumbers(right) { return left == right }
  func resolved(_ path: String) -> String {
    let url = URL(fileURLWithPath: path)
    return url.deletingLastPathComponent().resolvingSymlinksInPath()
      .appendingPathComponent(url.lastPathComponent).path
  }
  return resolved(left) == resolved(right)
}

/// The type of what is at the path itself, links not followed; nil for nothing.
private func fileType(_ path: String) -> FileAttributeType? {
  (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
}

/// Device and number of a file that exists, equal for hard links.
private func fileNumbers(_ path: String) -> [Int]? {
  guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
    let device = attributes[.systemNumber] as? Int,
    let number = attributes[.systemFileNumber] as? Int
  else { return nil }
  return [device, number]
}
