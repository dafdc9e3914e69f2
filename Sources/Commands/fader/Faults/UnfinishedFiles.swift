import Dispatch
import Foundation
import Sessions
import Training

/// What a command leaves behind that is told to stop in the middle: nothing.
enum UnfinishedFiles {
  /// SIGINT and SIGTERM end the process as ever, once the files that are being written are gone.
  static func removeAtSignals() {
    let queue = DispatchQueue(label: "fader.signals")
    for number in [SIGINT, SIGTERM] {
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      // The handler holds its source, which therefore lives as long as the process.
      source.setEventHandler {
        withExtendedLifetime(source) {
          TemporaryFiles.removeAll()
          _exit(InterruptWatch.exitCode(of: number))
        }
      }
      source.resume()
    }
  }
}
