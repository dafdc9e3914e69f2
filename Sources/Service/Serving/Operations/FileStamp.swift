import Foundation

/// What a file is at the moment, behind all links: another content has another stamp, also where a
/// link was turned to another file, as a Kubernetes mount does (`file -> ..data/file`,
/// `..data -> ..2026_1`).
struct FileStamp: Sendable, Equatable {
  private let target: String
  private let number: Int?
  private let size: Int?
  let written: Date?

  init(_ path: String) {
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let found = try? FileManager.default.attributesOfItem(atPath: target)
    number = found?[.systemFileNumber] as? Int
    size = found?[.size] as? Int
    written = found?[.modificationDate] as? Date
  }
}
