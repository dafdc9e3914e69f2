import Foundation
import Testing

@Suite struct ConfigTests {
  /// Made by: fader config --yaml > configs/reference.yaml
  @Test func theCommittedReferenceIsWhatTheCodePrints() throws {
    let outcome = try Binary.run(["config", "--yaml"], in: Scratch())
    #expect(outcome.status == 0, "\(outcome.errors)")
    let file = PackageRoot.url.appendingPathComponent("configs/reference.yaml")
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(outcome.output == committed, "run: fader config --yaml > configs/reference.yaml")
  }

  @Test func aKeyAloneAndAWrongOne() throws {
    let one = try Binary.run(["config", "training.judge.share"], in: Scratch())
    #expect(one.output.hasPrefix("training.judge.share: 0.25\n"))
    let wrong = try Binary.run(["config", "training.judge.shares"], in: Scratch())
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("did you mean 'training.judge.share'?"))
  }

  @Test func theSchemaIsJSONThatNamesEverySection() throws {
    let outcome = try Binary.run(["config", "--json-schema"], in: Scratch())
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let sections = try #require(schema["properties"] as? [String: Any])
    for name in ["data", "schema", "objectives", "evaluator", "generator", "training", "serving"] {
      #expect(sections[name] != nil, "\(name)")
    }
  }
}
