import Foundation
import Testing

@Suite struct TrainCheckTests {
  private func check(_ set: [String], _ text: String? = nil) throws -> Binary.Outcome {
    let scratch = try Scratch()
    try scratch.write(text ?? TinyRun.configuration(), to: "tiny.yaml")
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).count
    let outcome = try Binary.run(
      ["train", "--config", "tiny.yaml", "--check"] + set.flatMap { ["--set", $0] }, in: scratch)
    // Three files are the program's own input, output and errors.
    let after = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).count
    #expect(after <= before + 3)
    return outcome
  }

  @Test func aSoundConfigurationIsDescribedAndNothingIsTrained() throws {
    let outcome = try check([])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for word in ["sessions", "2000:", "candidates", "click:", "shops", "sound"] {
      #expect(outcome.output.contains(word), "\(word): \(outcome.output)")
    }
  }

  @Test func allThatTheDataContradictIsSaidAtOnce() throws {
    let outcome = try check(
      [
        "schema.item.exclude=[priority]", "schema.augment.rank=[scor]",
        "schema.user.fields.agee={}",
        "objectives=[{name: a, predicted: clicks}, {name: b, distinct: shopp}]",
      ])
    #expect(outcome.status == 78)
    for word in ["'shopp'", "\"scor\"", "\"agee\"", "predicted: clicks"] {
      #expect(outcome.errors.contains(word), "\(word): \(outcome.errors)")
    }
  }

  @Test func anEmptyPartIsAFaultOfTheData() throws {
    let outcome = try check(["data.split={user: {train: 1, validation: 0}}"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("to validate with"))
  }

  @Test func aWrongServingSectionIsFoundToo() throws {
    let outcome = try check(["serving.port=70000"])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("serving.port"))
  }
}
