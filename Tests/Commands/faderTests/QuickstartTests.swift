import Foundation
import Testing

/// The whole quickstart takes minutes; `.ci/run` and the README run it, not these tests.
@Suite struct QuickstartTests {
  @Test func theConfigurationInTheBinaryIsTheFile() throws {
    let file = PackageRoot.url.appendingPathComponent("configs/quickstart.yaml")
    let outcome = try Binary.run(["quickstart", "--show-config"], in: Scratch())
    #expect(outcome.status == 0)
    #expect(
      outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self),
      "copy configs/quickstart.yaml into Sources/Commands/fader/Quickstart/QuickstartConfiguration.swift"
    )
  }
}

enum PackageRoot {
  static let url = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
