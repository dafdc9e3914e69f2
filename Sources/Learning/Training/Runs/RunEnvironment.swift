import Foundation

/// Where a run takes place, as far as it explains results: nothing about the user or the network.
package struct RunEnvironment: Codable, Equatable, Sendable {
  /// Name and version of the operating system.
  package var os: String
  /// The processor's model name, `unknown` where the system does not tell.
  package var cpu: String
  package var cores: Int
  package var swiftVersion: String
  package var packageVersion: String
  /// Threads that share the batches.
  package var workers: Int

  enum CodingKeys: String, CodingKey {
    case os, cpu, cores, workers
    case swiftVersion = "swift_version"
    case packageVersion = "package_version"
  }

  /// The machine at hand.
  package static func current(
    swiftVersion: String, packageVersion: String, workers: Int
  ) -> RunEnvironment {
    RunEnvironment(
      os: ProcessInfo.processInfo.operatingSystemVersionString,
      cpu: cpuModel(inCpuInfo: text(ofFile: "/proc/cpuinfo")) ?? "unknown",
      cores: ProcessInfo.processInfo.activeProcessorCount,
      swiftVersion: swiftVersion, packageVersion: packageVersion, workers: workers)
  }

  /// The first `model name` in the text of Linux's `/proc/cpuinfo`.
  package static func cpuModel(inCpuInfo text: String) -> String? {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let key = parts[0].trimmingCharacters(in: .whitespaces)
      if key == "model name" { return parts[1].trimmingCharacters(in: .whitespaces) }
    }
    return nil
  }

  private static func text(ofFile path: String) -> String {
    // The kernel's files claim a size of 0, so they are read to their end by hand.
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    let data = (try? file.readToEnd()) ?? nil
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
