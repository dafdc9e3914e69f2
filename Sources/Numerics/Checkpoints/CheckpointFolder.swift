import Foundation

/// Names inside and around checkpoint folders, and the search for checkpoints.
///
/// A checkpoint is a folder with `bundle.json` and the files it lists. Folders whose names start
/// with a dot are being written or thrown away and are never picked up.
package enum CheckpointFolder {
  package static let bundleFile = "bundle.json"
  package static let modelFile = "model.safetensors"
  package static let optimizerFile = "optimizer.safetensors"
  package static let stateFile = "state.json"
  package static let cardFile = "MODEL_CARD.md"
  /// Name of the checkpoint that the judge prefers.
  package static let best = "best"

  /// `step-000500` for 500: sorted as text, sorted by step up to a million.
  package static func name(step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The step in a path that ends in a name like `step-000500`, nil for other names.
  package static func step(of path: String) -> Int? {
    let name = URL(fileURLWithPath: path).lastPathComponent
    guard name.hasPrefix("step-") else { return nil }
    let digits = name.dropFirst("step-".count)
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(digits)
  }

  /// Last component of a path: what a report calls a checkpoint, wherever the folder lies.
  package static func baseName(_ path: String) -> String {
    URL(fileURLWithPath: path).lastPathComponent
  }

  /// Paths of the checkpoints in `directory`: by step, then those without a step by name.
  ///
  /// A folder counts if its `bundle.json` is sound; its files are checked when it is read. An
  /// absent or unreadable directory has none.
  package static func list(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { !$0.hasPrefix(".") && hasBundle("\(directory)/\($0)") }
      .sorted { left, right in
        let (first, second) = (step(of: left) ?? .max, step(of: right) ?? .max)
        return first == second ? precedesInBytes(left, right) : first < second
      }
      .map { "\(directory)/\($0)" }
  }

  /// Path of the checkpoint in `directory` with the highest step, nil if none has a step.
  package static func latest(in directory: String) -> String? {
    list(in: directory).last { step(of: $0) != nil }
  }

  private static func hasBundle(_ path: String) -> Bool {
    let file = "\(path)/\(bundleFile)"
    guard let text = FileManager.default.contents(atPath: file) else { return false }
    return (try? CheckpointBundle(Array(text), file: file)) != nil
  }

  /// Whether `name` can be a file beside `bundle.json`: no other folder, not hidden.
  static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name != bundleFile
      && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 }
  }
}
