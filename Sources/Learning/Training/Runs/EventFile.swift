import Foundation
import Synchronization

/// A TensorBoard event file of scalars.
///
/// TFRecord frames (length, masked CRC-32C of it, data, masked CRC-32C of them) around `Event`
/// messages of TensorFlow's `event.proto`, encoded by hand.
package final class EventFile: Sendable {
  package let path: String
  private let file: Mutex<FileHandle>
  private let now: @Sendable () -> Double

  /// Starts a new file in `directory`, as TensorBoard expects after a resumption too.
  ///
  /// - Parameters:
  ///   - resumedStep: TensorBoard is told to forget what other files hold after this step.
  ///   - now: seconds since 1970.
  package init(
    directory: String, resumedStep: Int? = nil,
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) throws(RunError) {
    let time = now()
    path = EventFile.unusedPath(in: directory, seconds: Int(time))
    self.now = now
    do {
      try Data().write(to: URL(fileURLWithPath: path))
      file = Mutex(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    var opening = EventMessage.version(time: time)
    if let resumedStep { opening += EventMessage.restart(time: time, step: resumedStep + 1) }
    try append(opening)
  }

  /// Writes one event that holds all `values`, by sorted name.
  package func log(step: Int, _ values: [String: Double]) throws(RunError) {
    try append(EventMessage.scalars(time: now(), step: step, values))
  }

  private func append(_ bytes: [UInt8]) throws(RunError) {
    do {
      try file.withLock { try $0.write(contentsOf: Data(bytes)) }
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// TensorBoard reads the files of a run in the order of their names, so that two files of one
  /// second need a count that sorts.
  private static func unusedPath(in directory: String, seconds: Int) -> String {
    var count = 0
    while true {
      let path = "\(directory)/events.out.tfevents.\(seconds).fader.\(count)"
      if !FileManager.default.fileExists(atPath: path) { return path }
      count += 1
    }
  }
}
