import Foundation
import StrictYAML
import Testing

private func openingFault(_ text: String) -> ConfigurationError? {
  do {
    _ = try YAMLDocument(text: text, file: "c.yaml")
    return nil
  } catch {
    return error.faults.first
  }
}

@Suite struct DocumentTests {
  @Test func aKeyTwiceIsAFault() throws {
    let fault = try #require(openingFault("a: 1\nb: 2\na: 3\n"))
    #expect(fault.expected == "each key once")
    #expect(fault.line != nil)
    #expect(openingFault("a: 1\n'a': 2\n")?.expected == "each key once")
    #expect(openingFault("1: 1\n'1': 2\n")?.line == 2)
  }

  @Test func aSecondDocumentIsAFault() throws {
    let fault = try #require(openingFault("a: 1\n---\nb: 2\n"))
    #expect(fault.expected == "one document")
    #expect(fault.line == 2)
  }

  @Test func tabsAreNamedWithTheirLine() throws {
    let fault = try #require(openingFault("a:\n\tb: 1\n"))
    #expect(fault.line == 2)
    #expect(fault.remedy.contains("tabs"))
  }

  @Test(arguments: ["a: [1, 2", "a: 'b", "a: b: c", "a: @x", "- a\nb: 1", "a: *nobody", "{a: }}"])
  func syntaxFaultsHaveALine(text: String) throws {
    let fault = try #require(openingFault(text))
    #expect(fault.line != nil)
    #expect(!fault.got.isEmpty)
  }

  @Test(arguments: ["[1, 2]", "word", "? [a]\n: 1", "<<: {a: 1}", "a: !!python/object x", "'': 1"])
  func whatIsNotAPlainMappingIsRefused(text: String) {
    #expect(openingFault(text) != nil)
  }

  @Test func aliasBombsAreRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let alias = "*a\(level - 1)"
      let list = Array(repeating: alias, count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    #expect(openingFault(text)?.got.contains("aliases") == true)
  }

  @Test func deepNestingIsRefusedNotFatal() {
    #expect(openingFault("a: " + String(repeating: "[", count: 100_000)) != nil)
  }

  @Test func filesAreReadAndMissingOnesNamed() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("strict-\(ProcessInfo.processInfo.processIdentifier).yaml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("\u{FEFF}seed: 3\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try YAMLDocument(path: path).decode(TrainingSample.self).seed == 3)
    try Data([0x61, 0x3a, 0x20, 0xff]).write(to: URL(fileURLWithPath: path))
    #expect(throws: ConfigurationErrors.self) { try YAMLDocument(path: path) }
    #expect(throws: ConfigurationErrors.self) { try YAMLDocument(path: path + ".none") }
  }

  @Test func topLevelKeysAndSections() throws {
    let document = try YAMLDocument(text: "b: {x: 1}\na: 2\n", file: "c.yaml")
    #expect(document.topLevelKeys == ["b", "a"])
    #expect(document.section("b")?.text == "x: 1\n")
    #expect(document.section("z") == nil)
    #expect(throws: Never.self) { try document.requireTopLevelKeys(among: ["a", "b", "c"]) }
    do {
      try document.requireTopLevelKeys(among: ["aa", "b"])
      Issue.record("an unknown section went through")
    } catch {
      #expect(error.faults.map(\.line) == [2])
      #expect(error.faults.map(\.remedy) == ["did you mean 'aa'?"])
    }
  }

  @Test func faultsOfLaterChecksGetTheirLine() throws {
    let document = try YAMLDocument(text: "a:\n  b:\n    c: 3\n", file: "c.yaml")
    let fault = document.fault(at: ["a", "b", "c"], expected: "at least 5", remedy: "raise it")
    #expect(fault.description == "c.yaml:3: a.b.c: expected at least 5, got '3'; raise it")
  }
}

@Suite struct OverrideTests {
  private func set(_ assignments: String..., in text: String = "") throws -> YAMLDocument {
    var document = try YAMLDocument(text: text, file: "c.yaml")
    for assignment in assignments { try document.set(assignment) }
    return document
  }

  @Test func overridesReplaceAndMakeMappings() throws {
    let document = try set(
      "generator.steps=7", "generator.hidden_layers=[1, 2]", "seed=9",
      in: "generator: {steps: 1, name: n}\n")
    let got = try document.decode(TrainingSample.self)
    #expect(got.generator.steps == 7)
    #expect(got.generator.layers == [1, 2])
    #expect(got.generator.name == "n")
    #expect(got.seed == 9)
    #expect(try set("generator={steps: 4}").decode(TrainingSample.self).generator.steps == 4)
  }

  @Test func valuesMayHoldEqualsSignsAndColons() throws {
    let got = try set("generator.name=a=b:c").decode(TrainingSample.self)
    #expect(got.generator.name == "a=b:c")
  }

  @Test func anEmptyValueIsNull() throws {
    let got = try set("seed=", in: "seed: 5").decode(TrainingSample.self)
    #expect(got.seed == TrainingSample().seed)
  }

  @Test func listPositionsCanBeSet() throws {
    let document = try set("generator.hidden_layers.1=9", in: "generator: {hidden_layers: [1, 2]}")
    #expect(try document.decode(TrainingSample.self).generator.layers == [1, 9])
    #expect(throws: ConfigurationErrors.self) { try set("a.2=1", in: "a: [1, 2]") }
  }

  @Test func faultsNameTheOverride() throws {
    let document = try set("generator.steps=many", "generator.stpes=1", in: "generator: {}\n")
    do {
      _ = try document.decode(TrainingSample.self)
      Issue.record("a wrong override went through")
    } catch {
      #expect(
        error.faults.map(\.file) == ["--set generator.steps=many", "--set generator.stpes=1"])
      #expect(error.faults.allSatisfy { $0.line == nil })
      #expect(
        error.faults.first?.description
          == "--set generator.steps=many: generator.steps: expected a whole number, got 'many'")
    }
  }

  @Test(arguments: ["seed", "=1", "a..b=1", ".a=1", "a=[1", "a.b.c=1", "a=*x"])
  func badOverridesAreFaults(assignment: String) {
    #expect(throws: ConfigurationErrors.self) { try set(assignment, in: "a: {b: 3}") }
  }
}
