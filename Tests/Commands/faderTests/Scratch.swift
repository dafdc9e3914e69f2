import Foundation
import Synchronization

/// A temporary folder that goes away with its owner.
final class Scratch: Sendable {
  let folder: URL
  private let count = Atomic<Int>(0)

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fader-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// A name that was not given before.
  func newFile(_ name: String) -> URL {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    return folder.appendingPathComponent("\(number).\(name)")
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Content of every file below a folder, by its path from there.
  func contents(of name: String) throws -> [String: Data] {
    let root = folder.appendingPathComponent(name)
    var contents: [String: Data] = [:]
    for case let file as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      contents[file] = try? Data(contentsOf: root.appendingPathComponent(file))
    }
    return contents
  }
}
