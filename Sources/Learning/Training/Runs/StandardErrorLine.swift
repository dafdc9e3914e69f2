import Foundation
import Synchronization

/// Standard error as a progress line and messages share it: the line is redrawn in place, so what
/// is written over it would lose its letters to the next drawing.
package enum StandardErrorLine {
  /// Whether the cursor stands in a progress line.
  private static let isOpen = Mutex(false)

  /// Writes a message, its line end included, in the place of a progress line, which is drawn again
  /// below it by its next change.
  ///
  /// - Parameter keepingProgress: leaves the line as it is and goes below it: nothing will draw it
  ///   again.
  package static func write(_ message: String, keepingProgress: Bool = false) {
    isOpen.withLock { isOpen in
      let start = !isOpen ? "" : keepingProgress ? "\n" : "\r\u{1b}[K"
      isOpen = false
      put(start + message)
    }
  }

  /// Draws a progress line, or ends it when the text ends with a line end.
  static func draw(_ text: String) {
    isOpen.withLock { isOpen in
      isOpen = !text.hasSuffix("\n")
      put(text)
    }
  }

  /// Nobody listening is no reason to stop.
  private static func put(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
