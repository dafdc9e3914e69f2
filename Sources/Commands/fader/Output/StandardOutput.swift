import Foundation
import Sessions

/// Where results go. A disk that is full or a pipe that is gone is a fault, not a silent loss.
enum StandardOutput {
  static func write(_ text: String) throws(CommandError) {
    try write(Data(text.utf8))
  }

  /// Writes the value indented, with sorted keys in snake case.
  static func write(json value: some Encodable) throws {
    try write(String(decoding: try ReportJSON.encode(value), as: UTF8.self) + "\n")
  }

  /// Writes a text on a line of its own.
  static func write(line text: [UInt8]) throws(CommandError) {
    try write(Data(text + [UInt8(ascii: "\n")]))
  }

  private static func write(_ data: Data) throws(CommandError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw .cannotWrite(path: "standard output", reason: error.localizedDescription)
    }
  }
}
