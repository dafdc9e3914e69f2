import Dispatch
import Foundation
import Synchronization

/// Turns the first SIGINT or SIGTERM into a flag that the training loop polls; the second ends the
/// process at once.
///
/// Make one per process, when training starts. It watches until the process ends.
package final class InterruptWatch: Sendable {
  private static let signals = [SIGINT, SIGTERM]

  private let received: Received

  /// 0 as long as no signal came.
  private final class Received: Sendable {
    let signal = Atomic<Int32>(0)
  }

  /// Returns once both signals are watched: one that came before still ends the process.
  package init() {
    let received = Received()
    let queue = DispatchQueue(label: "fader.interrupts")
    self.received = received
    let registered = DispatchSemaphore(value: 0)
    for number in InterruptWatch.signals {
      #if canImport(Darwin)
        // There the default action, which ends the process, takes place beside the source.
        signal(number, SIG_IGN)
      #endif
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      // The handler holds its source, which therefore lives as long as the process: a source that
      // is gone would leave the signal without any effect.
      source.setEventHandler {
        for _ in 0..<max(source.data, 1) {
          let first = received.signal.compareExchange(
            expected: 0, desired: number, ordering: .sequentiallyConsistent)
          if !first.exchanged { _exit(InterruptWatch.exitCode(of: number)) }
        }
      }
      source.setRegistrationHandler { registered.signal() }
      source.resume()
    }
    for _ in InterruptWatch.signals { registered.wait() }
  }

  /// The number of the signal that came first, nil as long as none did.
  package var requested: Int32? {
    let number = received.signal.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }

  /// What a process ends with after a signal: 130 for SIGINT, 143 for SIGTERM.
  package static func exitCode(of signal: Int32) -> Int32 { 128 + signal }
}
