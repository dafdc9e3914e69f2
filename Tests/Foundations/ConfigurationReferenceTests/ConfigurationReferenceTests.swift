import ConfigurationFields
import ConfigurationReference
import JSON
import StrictYAML
import Testing

@Suite struct ConfigurationReferenceTests {
  struct Entry: Configurable {
    var name = ""
    var share = 0.5

    static let fields: [ConfigurationField<Self>] = [
      .init("name", \.name, "Its name.", isRequired: true),
      .init("share", \.share, "Its share.", .within(0..<1)),
    ]
  }

  struct Sample: Configurable {
    var steps = 3
    var folder: String?
    var entries: [Entry] = []
    var other: Entry?

    static let fields: [ConfigurationField<Self>] = [
      .init("steps", \.steps, "Steps of it.", .atLeast(1), unit: "steps"),
      .init("folder", \.folder, "A folder. By default there is none."),
      .init("entries", \.entries, "Entries of it."),
      .init("other", \.other, "Another part."),
    ]
  }

  private let reference = ConfigurationReference(Sample.keys())

  @Test func theTextSaysEachKeyWithDefaultRangeUnitAndMeaning() throws {
    #expect(
      try reference.text("steps")
        == "steps: 3\n    Steps of it. A whole number of at least 1 (steps).\n")
    let all = try #require(try reference.text())
    for line in ["folder: (left out)", "entries.N.name: (required)", "other.share: 0.5"] {
      #expect(all.contains("\n\(line)\n"), "\(line)")
    }
    #expect(try reference.text("entries.N")?.contains("steps") == false)
    #expect(try reference.text("step") == nil)
  }

  @Test func theFileOfDefaultsReadsBackToThem() throws {
    let document = try YAMLDocument(text: try reference.yaml(), file: "reference.yaml")
    #expect(try document.decode(Sample.self) == Sample())
  }

  /// Without its "# " a key that is left out is YAML, with its own keys below.
  @Test func whatStandsInCommentsIsYAMLToo() throws {
    let lines = try reference.yaml().split(separator: "\n").drop { !$0.hasPrefix("# other:") }
    let text = lines.map { $0.dropFirst(2) }.joined(separator: "\n")
      .replacing("name: # required", with: "name: a")
    let read = try YAMLDocument(text: text, file: "other.yaml").decode(Sample.self)
    var expected = Sample()
    expected.other = Entry(name: "a")
    #expect(read == expected)
  }

  @Test func theSchemaHoldsTypesRangesDefaultsAndRequiredKeys() throws {
    let schema = try reference.jsonSchema()
    let keys = try #require(schema["properties"])
    #expect(schema["additionalProperties"] == .bool(false))
    #expect(keys["steps"]?["type"] == .array([.string("integer"), .string("null")]))
    #expect(keys["steps"]?["minimum"] == .number(1) && keys["steps"]?["default"] == .number(3))
    let entry = try #require(keys["entries"]?["items"])
    #expect(entry["required"] == .array([.string("name")]))
    #expect(entry["properties"]?["share"]?["exclusiveMaximum"] == .number(1))
  }
}
