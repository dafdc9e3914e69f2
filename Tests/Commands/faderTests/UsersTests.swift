import Foundation
import Testing

/// `fader-bench users` against a running `fader serve`.
@Suite struct UsersTests {
  private func visit(_ arguments: [String]) throws -> Binary.Outcome {
    let scratch = try TinyRun.shared.get()
    // A busy machine must not turn a list into a fallback.
    let server = try Binary.start(
      ["serve", "--checkpoint", "run", "--port", "0", "--set", "serving.deadline_ms=60000"],
      in: scratch)
    defer {
      server.process.terminate()
      server.process.waitUntilExit()
    }
    server.wait { ServeTests.address(server.errorText) != nil }
    let address = try #require(ServeTests.address(server.errorText))
    return try Binary.run(
      ["users", "--url", address, "--config", "tiny.yaml"] + arguments, program: "fader-bench",
      in: scratch)
  }

  @Test func theSameRequestsAreWorthTheSameAndAChangeOfSupplyIsSeen() throws {
    let arguments = [
      "--requests", "300", "--block", "150", "--weights", "click=1", "--cold-share-from",
      "150=0.6", "--json",
    ]
    let first = try visit(arguments)
    #expect(first.status == 0, "\(first.errors)")
    #expect(try visit(arguments).output == first.output)

    let report = try JSON(first.output)
    #expect(report["requests"]?.number == 300)
    #expect(report["weights"]?["click"]?.number == 1)
    let blocks = try #require(report["blocks"]?.array)
    let supply = blocks.compactMap { $0["candidates"]?["mean"]?.number }
    try #require(supply.count == 2)
    #expect(supply[0] < 0.3 && supply[1] > 0.4)
    let clicks = try #require(report["utilities"]?["click"]?["mean"]?.number)
    #expect(clicks > 0 && clicks < 5)
  }

  @Test func anotherModelsObjectivesAreRefused() throws {
    let scratch = try TinyRun.shared.get()
    try scratch.write(
      TinyRun.configuration().replacing("shops, distinct: shop", with: "calm, order: priority"),
      to: "calm.yaml")
    let outcome = try visit(["--config", "calm.yaml", "--requests", "1"])
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("expected the objectives click, calm of --config"))
  }
}
