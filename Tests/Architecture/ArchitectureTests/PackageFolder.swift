import Foundation

/// The package as it lies on disk.
enum PackageFolder {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Folders of Sources that hold another language, and no target of this package.
  static let otherLanguages = ["Python"]

  /// Names of the folders in Sources that hold targets.
  static var layers: [String] { folders(in: "Sources").filter { !otherLanguages.contains($0) } }

  /// Names of the folders of a layer.
  static func targets(of layer: String) -> [String] { folders(in: "Sources/\(layer)") }

  /// All targets as paths from the package's root.
  static var targets: [String] {
    layers.flatMap { layer in targets(of: layer).map { "Sources/\(layer)/\($0)" } }
  }

  /// Names of the folders in a folder.
  static func folders(in folder: String) -> [String] {
    let url = root.appendingPathComponent(folder)
    let names = try? FileManager.default.contentsOfDirectory(
      at: url, includingPropertiesForKeys: [.isDirectoryKey])
    return (names ?? []).filter { $0.hasDirectoryPath }.map(\.lastPathComponent)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Swift files of a target, as paths from the package's root.
  static func swiftFiles(of target: String) -> [String] {
    targets.filter { $0.hasSuffix("/\(target)") }.flatMap(files(under:))
      .filter { $0.hasSuffix(".swift") }
  }

  /// Files below a folder, as paths from the package's root.
  static func files(under folder: String) -> [String] {
    let names = FileManager.default.enumerator(
      atPath: root.appendingPathComponent(folder).path)
    return (names?.compactMap { $0 as? String } ?? []).sorted().map { "\(folder)/\($0)" }
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: root.appendingPathComponent(path))
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// Paths that belong to the package: those under version control, and without it all but what
  /// the tools leave behind.
  static func ownFiles() throws -> [String] {
    if let tracked = try? gitFiles(), !tracked.isEmpty {
      return tracked.filter(exists)
    }
    let folders = ["Sources", "Tests", "configs", "data", "checkpoints", ".ci"]
    return folders.flatMap(files(under:)) + ["Package.swift", "README.md"].filter(exists)
  }

  private static func gitFiles() throws -> [String] {
    let git = Process()
    let pipe = Pipe()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "-C", root.path, "ls-files", "-z"]
    git.standardOutput = pipe
    git.standardError = FileHandle.nullDevice
    try git.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    git.waitUntilExit()
    return output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
