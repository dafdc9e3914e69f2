import Foundation
import JSON
import Synchronization

/// Appends one JSON line per call: `{"step":12,"loss":0.5,"reward":1.25}`.
///
/// Keys after `step` are sorted by their bytes and numbers are written with the fewest digits that
/// give them back, so equal values give equal bytes. NaN and infinities become `null`.
package final class StepLog: Sendable {
  package let path: String
  private let file: Mutex<FileHandle>

  /// Opens the log, empty, or after a resumption with the lines up to and including that step.
  ///
  /// - Parameters:
  ///   - path: the file; made if missing.
  ///   - resumedStep: the step of the checkpoint that training goes on from; nil starts anew.
  package init(path: String, resumedStep: Int? = nil) throws(RunError) {
    self.path = path
    let kept = try resumedStep.map { step throws(RunError) in
      StepLog.prefix(of: try StepLog.content(of: path), upTo: step)
    }
    do {
      let url = URL(fileURLWithPath: path)
      if kept == nil || !FileManager.default.fileExists(atPath: path) { try Data().write(to: url) }
      let handle = try FileHandle(forWritingTo: url)
      try handle.truncate(atOffset: UInt64(kept ?? 0))
      file = Mutex(handle)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Writes a line and hands it to the system before it returns.
  package func log(step: Int, _ values: [String: Double]) throws(RunError) {
    let line = Data((StepLog.line(step: step, values) + "\n").utf8)
    do {
      try file.withLock { try $0.write(contentsOf: line) }
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// The line without its end.
  package static func line(step: Int, _ values: [String: Double]) -> String {
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let line = JSONWriter.bytes { line in
      line.object { line in
        line.member("step", step)
        for (key, value) in sorted {
          line.key(key)
          // Whole numbers keep their ".0", unlike elsewhere: logs of resumed runs go on as they began.
          line.write(json: (value.isFinite ? value.description : "null").utf8)
        }
      }
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// How many bytes of `content` are whole lines of steps up to `step`.
  package static func prefix(of content: [UInt8], upTo step: Int) -> Int {
    var kept = 0
    while let end = content[kept...].firstIndex(of: UInt8(ascii: "\n")),
      let found = self.step(ofLine: content[kept..<end]), found <= step
    {
      kept = end + 1
    }
    return kept
  }

  private static func step(ofLine line: ArraySlice<UInt8>) -> Int? {
    let opening = Array("{\"step\":".utf8)
    guard line.starts(with: opening), line.last == UInt8(ascii: "}") else { return nil }
    let number = line.dropFirst(opening.count).prefix {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}")
    }
    return Int(String(decoding: number, as: UTF8.self))
  }

  private static func content(of path: String) throws(RunError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .cannotRead(path: path, reason: error.localizedDescription)
    }
  }
}
