import Autodiff
import Foundation
import Testing

@Suite struct OperationTableTests {
  @Test func everyOperationHasAGradientCheck() {
    #expect(Set(operationChecks.keys) == Set(Autodiff.Operation.allCases))
    #expect(!operationChecks.values.contains { $0(1).isEmpty })
  }

  /// The table of operations against the source: a function that records and is not a case of
  /// `Operation` would escape the checks.
  @Test func theTableNamesEveryOperationOfTheTape() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/Numerics/Autodiff").resolvingSymlinksInPath()
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "swift" }
    var names: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("extension Tape {") else { continue }
      for match in text.matches(of: /(?:public|package) func (\w+)/) {
        names.insert(String(match.output.1))
      }
    }
    #expect(names == Set(Autodiff.Operation.allCases.map(\.rawValue)))
  }
}
