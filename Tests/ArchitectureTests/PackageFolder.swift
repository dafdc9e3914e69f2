import Foundation

/// The package as it lies on disk.
enum PackageFolder {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Names of the folders in Sources.
  static var targets: [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources").path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Swift files of a target, as paths from the package's root.
  static func swiftFiles(of target: String) -> [String] {
    files(under: "Sources/\(target)").filter { $0.hasSuffix(".swift") }
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
