import ConfigurationFields
import Foundation
import StrictYAML
import TestSupport
import Testing

@Suite struct ConfigurationFieldsTests {
  private func read(_ text: String) throws -> Sample {
    try YAMLDocument(text: text, file: "a.yaml").decode(Sample.self)
  }

  @Test func whatIsLeftOutKeepsItsDefaultAtEveryDepth() throws {
    #expect(try read("{}") == Sample())
    #expect(try read("rate: null\ninner:\n") == Sample())
    let read = try read(
      "{colour: green, other: {}, entries: [{name: a}], by_name: {x: {share: 0}}}")
    #expect(read.colour == .green && read.inner.share == 0.25 && read.other == Inner())
    #expect(read.entries == [Entry(name: "a")] && read.byName["x"]?.share == 0)
  }

  /// Its owner has another default than its type: a section that is given in part keeps the owner's.
  @Test func aSectionGivenInPartKeepsTheRestOfItsOwnersDefaults() throws {
    #expect(try read("inner: {names: [n]}").inner == Inner(share: 0.25, names: ["n"]))
    let error = try #require(throws: ConfigurationErrors.self) {
      try read("inner: 3\ncolour: gren")
    }
    #expect(error.faults.map(\.keyPath) == ["inner", "colour"])
    let json = try JSONDecoder().decode(Sample.self, from: Data(#"{"inner":{"names":["n"]}}"#.utf8))
    #expect(json.inner == Inner(share: 0.25, names: ["n"]))
  }

  @Test func allMistakesOfWritingComeAtOnceWithTheirLines() throws {
    let text = "steps_per_dai: 2\nrate: fast\ncolour: gren\nentries: [{weight: 2}]"
    let error = try #require(throws: ConfigurationErrors.self) { try read(text) }
    #expect(error.faults.map(\.keyPath) == ["steps_per_dai", "rate", "colour", "entries.0.name"])
    #expect(error.faults.prefix(3).map(\.line) == [1, 2, 3])
    #expect(error.faults[2].remedy == "did you mean 'green'?")
  }

  @Test func whatIsWrittenReadsBackTheSameInBothFormats() throws {
    var sample = Sample()
    (sample.rate, sample.colour, sample.isNew) = (1.5, .green, true)
    sample.entries = [Entry(name: "a", weight: 0.1)]
    sample.byName = ["b": Inner(share: 0.1), "a": Inner()]
    #expect(try read(yaml(sample)) == sample)
    let json = try JSONEncoder().encode(sample)
    #expect(try JSONDecoder().decode(Sample.self, from: json) == sample)
  }

  @Test func keysAreWrittenInTheirOrderAndLaterOnesOnlyWhenTheyDiffer() throws {
    let text = try yaml(Sample())
    #expect(
      text == """
        steps_per_day: 3
        colour: red
        inner:
          share: 0.25
          names: []
        entries: []
        by_name: {}

        """)
    var changed = Sample()
    changed.isNew = true
    #expect(try yaml(changed) == text + "is_new: true\n")
  }

  @Test func valuesOutOfBoundsAreReportedAtOnceInTheOrderOfTheKeys() throws {
    var sample = Sample()
    (sample.stepsPerDay, sample.rate, sample.inner.share) = (0, .nan, 1)
    sample.entries = [Entry(name: "a"), Entry(name: "", weight: -1)]
    sample.byName = ["z": Inner(share: 0.5, names: ["n"]), "b": Inner(share: -0.5, names: ["n"])]
    #expect(
      sample.faults(at: "top").map(\.description) == [
        "top.steps_per_day: expected a whole number of at least 1 (steps), got 0",
        "top.rate: expected a number above 0, up to 2, got nan",
        "top.inner.share: expected a number from 0 to below 1, got 1.0",
        "top.inner.names: expected at least one value, got none; name one",
        "top.entries.1.name: expected a text, got an empty one",
        "top.entries.1.weight: expected a number above 0 (kilograms), got -1.0",
        "top.by_name.b.share: expected a number from 0 to below 1, got -0.5",
      ])
    sample = Sample(stepsPerDay: 13)
    sample.inner.names = ["n"]
    #expect(
      sample.faults().map(\.description) == ["steps_per_day: expected a lucky number, got 13"])
  }

  @Test(arguments: [
    (ConfigurationBounds.atLeast(1), [1.0, 7], [0.9, .infinity]),
    (.above(0), [0.1], [0, -1, .nan]),
    (.within(0...1), [0, 1], [-0.1, 1.1]),
    (.within(0..<1), [0, 0.9], [1]),
    (.above(0, upTo: 1), [0.1, 1], [0, 1.1]),
    (.multiple(of: 16), [16, 32], [0, -16, 20]),
    (.any, [-1e300, 0], [.nan, -.infinity]),
  ])
  func boundsHoldWhatTheySay(bounds: ConfigurationBounds, good: [Double], bad: [Double]) {
    for number in good { #expect(number.faults(at: "", within: bounds).isEmpty) }
    for number in bad { #expect(number.faults(at: "", within: bounds).count == 1) }
  }

  @Test func keysSayTheirDefaultsOfTheSectionTheyStandIn() throws {
    let keys = Sample.keys()
    #expect(keys.map(\.key).prefix(3) == ["steps_per_day", "rate", "colour"])
    #expect(keys[0].standard as? Int == 3 && keys[1].standard == nil)
    guard case .section(let inner) = keys[3].form, case .section(let other) = keys[4].form else {
      return #expect(Bool(false), "sections are sections")
    }
    #expect(inner.keys[0].standard as? Double == 0.25)
    #expect(other.keys[0].standard as? Double == 0.5)
  }

  private struct Forgetful: Configurable {
    var first = 1
    var second = 2

    static let fields: [ConfigurationField<Self>] = [.init("first", \.first, "The first.")]
  }

  /// The control of the tests that look for properties without a row.
  @Test func aPropertyWithoutARowIsFound() {
    #expect(propertiesWithoutRow(Sample()) == [])
    #expect(propertiesWithoutRow(Forgetful()) == ["Forgetful: 2 properties, 1 rows"])
  }
}
