import Foundation
import Testing

/// The files in configs/ are read as users would have them read.
@Suite struct ConfigurationFileTests {
  @Test(arguments: ["quickstart", "feed", "latent"])
  func worldsOfTheConfigurationsCanBeSimulated(name: String) throws {
    let scratch = try Scratch()
    let config = PackageRoot.url.appendingPathComponent("configs/\(name).yaml").path
    let outcome = try Binary.run(
      ["simulate", "--config", config, "--sessions", "3", "--out", "s.jsonl"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scratch.text("s.jsonl").split(separator: "\n").count == 3)
  }
}
