import Dispatch
import Foundation
import Synchronization

/// Turns the first SIGINT or SIGTERM into a flag that the training loop polls; the second ends the
/// process at once.
///
/// Make one per process, when training starts. It watches until it is released.
public final class InterruptWatch: Sendable {
  private let received: Received
  private let sources: Mutex<[any DispatchSourceSignal]>

  /// 0 as long as no signal came.
  private final class Received: Sendable {
    let signal = Atomic<Int32>(0)
  }

  public init() {
    let received = Received()
    let queue = DispatchQueue(label: "fader.interrupts")
    self.received = received
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM] {
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        for _ in 0..<max(source.data, 1) {
          let first = received.signal.compareExchange(
            expected: 0, desired: number, ordering: .sequentiallyConsistent)
          if !first.exchanged { _exit(InterruptWatch.exitCode(of: number)) }
        }
      }
      source.resume()
      sources.append(source)
    }
    self.sources = Mutex(sources)
  }

  deinit {
    sources.withLock { for source in $0 { source.cancel() } }
  }

  /// The number of the signal that came first, nil as long as none did.
  public var requested: Int32? {
    let number = received.signal.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }

  /// What a process ends with after a signal: 130 for SIGINT, 143 for SIGTERM.
  public static func exitCode(of signal: Int32) -> Int32 { 128 + signal }
}
