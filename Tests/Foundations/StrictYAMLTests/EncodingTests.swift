import RandomStreams
import StrictYAML
import Testing

@Suite struct EncodingTests {
  @Test func keysComeInTheOrderOfTheType() throws {
    var sample = TrainingSample()
    sample.generator.clip = 0.1
    #expect(
      try yaml(sample) == """
        generator:
          steps: 1000
          rate: 0.001
          baseline: leave_one_out
          name: g
          wide: false
          clip: 0.1
          hidden_layers: [64, 32]
        seed: 1

        """)
  }

  @Test func dictionariesAreSorted() throws {
    let keys = (0..<40).map { "k\($0)" }
    let table = Dictionary(uniqueKeysWithValues: keys.map { ($0, ["b": 1, "a": 2]) })
    let lines = try yaml(table).split(separator: "\n").filter { $0.first != " " }
    #expect(lines.map(String.init) == keys.sorted().map { "\($0):" })
  }

  @Test func setsAreSorted() throws {
    let words = (0..<30).map { "w\($0)" }
    let text = try yaml(["v": Set(words)])
    #expect(try decoded(text, as: [String: [String]].self)["v"] == words.sorted())
  }

  @Test func nestedListsAndMappingsReadBack() throws {
    let value = ["a": [["x": [1, 2], "y": []], [:]], "b": []]
    let text = try yaml(value)
    #expect(try decoded(text, as: [String: [[String: [Int]]]].self) == value)
  }

  @Test(arguments: [
    "", " ", "yes", "No", "null", "~", "12", "1e3", "12:30", "a: b", "# x", "- a", "a\nb", "\t",
    "\"q\"", "\\", "ü €", "true", "-", ".5", "@x", "é\u{7f}\u{85}\u{feff}\u{2028}", "a,b", "[x]",
    "{", "&a", "*a", "!t", "|", ">", "%", "x #y", "trailing ",
  ])
  func everyTextReadsBack(text: String) throws {
    let value = [text.isEmpty ? "k" : text: [text], "m": [text, text]]
    #expect(try decoded(try yaml(value), as: [String: [String]].self) == value)
  }

  @Test(arguments: 0..<200)
  func randomTextsAndNumbersReadBack(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "yaml")
    var text = String.UnicodeScalarView()
    for _ in 0..<stream.below(12) {
      let wide = stream.below(4) == 0
      text.append(Unicode.Scalar(UInt16(stream.below(wide ? 0xd000 : 0x80))) ?? "x")
    }
    let value = [String(text)]
    #expect(try decoded("v: " + yaml(value), as: [String: [String]].self) == ["v": value])
    let number = Double(bitPattern: stream.next())
    if number.isFinite {
      #expect(try decoded("v: \(yaml(number))", as: [String: Double].self) == ["v": number])
    }
  }

  @Test func numbersThatAreNotFiniteThrow() {
    #expect(throws: EncodingError.self) { try yaml(["a": Double.nan]) }
    #expect(throws: EncodingError.self) { try yaml(["a": Float.infinity]) }
  }

  @Test func theResolvedTextDecodesToTheSame() throws {
    var document = try YAMLDocument(
      text: "# why\ngenerator: &g {name: 'yes', wide: true, clip: 1e-2}\nseed: 0012e0\n",
      file: "c.yaml")
    try document.set("seed=12")
    let again = try YAMLDocument(text: document.text, file: "again.yaml")
    #expect(again.text == document.text)
    #expect(try again.decode(TrainingSample.self) == document.decode(TrainingSample.self))
  }

  @Test func encodedConfigurationsDecodeToThemselves() throws {
    let sample = TrainingSample()
    #expect(try decoded(yaml(sample)) == sample)
  }
}
