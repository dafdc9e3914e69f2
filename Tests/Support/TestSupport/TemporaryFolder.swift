import Foundation
import Sessions

/// A folder that goes away with the test.
package struct TemporaryFolder: ~Copyable {
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file with this content.
  package func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  package func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  package func path(_ name: String) -> String { "\(path)/\(name)" }

  package var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }
}

package func bytes(of path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

package func lines(of path: String) throws -> [String] {
  var reader = try LineReader(path: path)
  var lines: [String] = []
  while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
  return lines
}
