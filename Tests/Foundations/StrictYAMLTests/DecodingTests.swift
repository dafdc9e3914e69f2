import StrictYAML
import Testing

@Suite struct DecodingTests {
  @Test func aFileHoldsOnlyWhatDiffers() throws {
    let got: TrainingSample = try decoded(
      "generator:\n  steps: 5\n  hidden_layers: [8]\n  baseline: greedy\n")
    var expected = TrainingSample()
    expected.generator.steps = 5
    expected.generator.layers = [8]
    expected.generator.baseline = .greedy
    #expect(got == expected)
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "{}", "generator:\n", "generator: {}\nseed: ~"])
  func emptyMeansDefaults(text: String) throws {
    #expect(try decoded(text) == TrainingSample())
  }

  @Test func aMissingSectionIsAnEmptyMapping() throws {
    let document = try YAMLDocument(text: "a: {b: {steps: 3}}", file: "c.yaml")
    #expect(try document.decode(GeneratorSample.self, at: ["x", "y"]) == GeneratorSample())
    #expect(try document.decode(GeneratorSample.self, at: ["a", "b"]).steps == 3)
  }

  @Test func allUnknownKeysAreReportedAtOnceWithTheNearestKnown() {
    let found = faults(
      "generator:\n  stepps: 5\n  zzz: 1\nsede: 2\n", as: TrainingSample.self)
    #expect(found.map(\.line) == [2, 3, 4])
    #expect(found.map(\.keyPath) == ["generator.stepps", "generator.zzz", "sede"])
    #expect(found.map(\.remedy).first == "did you mean 'steps'?")
    #expect(found.last?.remedy == "did you mean 'seed'?")
    #expect(found.last?.expected == "one of generator, seed")
  }

  @Test func wrongValuesAndUnknownKeysComeInOneReport() {
    let text = "generator:\n  steps: many\n  rate: .nan\n  nmae: x\n  hidden_layers: [1, b]\n"
    let found = faults(text, as: TrainingSample.self)
    #expect(found.map(\.line) == [2, 3, 4, 5])
    #expect(
      found.map(\.keyPath) == [
        "generator.steps", "generator.rate", "generator.nmae", "generator.hidden_layers.1",
      ])
    #expect(
      found.first?.description
        == "c.yaml:2: generator.steps: expected a whole number, got 'many'")
  }

  @Test func aMissingRequiredKeyPointsAtItsMisspelling() throws {
    struct Item: Decodable { var name: String }
    struct Items: Decodable { var items: [Item] }
    let found = faults("items:\n  - name: a\n  - nmae: b\n", as: Items.self)
    #expect(found.map(\.keyPath) == ["items.1.name"])
    #expect(found.first?.line == 3)
    #expect(found.first?.remedy == "is 'nmae' a misspelling of it?")
  }

  @Test func dictionaryKeysAreAllAskedFor() throws {
    let got: [String: [String: Int]] = try decoded("a: {x: 1}\nb: {y: 2, z: 3}\n")
    #expect(got == ["a": ["x": 1], "b": ["y": 2, "z": 3]])
    #expect(faults("a: {x: 1}\nb: {y: q}\n", as: [String: [String: Int]].self).map(\.line) == [2])
    let inner = faults("a: {stps: 1}\n", as: [String: GeneratorSample].self)
    #expect(inner.map(\.keyPath) == ["a.stps"])
  }

  @Test func listsOfMappingsKeepTheirPlaces() {
    let text = "- {steps: 1}\n- {stips: 2}\n"
    #expect(faults("list:\n" + text, as: [String: [GeneratorSample]].self).first?.line == 3)
  }

  @Test func aValueTriedAsOneTypeThenAnotherLeavesNoFault() throws {
    enum Either: Decodable, Equatable {
      case number(Int)
      case text(String)
      init(from decoder: any Decoder) throws {
        let c = try decoder.singleValueContainer()
        if let number = try? c.decode(Int.self) {
          self = .number(number)
        } else {
          self = .text(try c.decode(String.self))
        }
      }
    }
    struct Holder: Decodable {
      var a: Either
      var b: Either?
    }
    let got: Holder = try decoded("a: 12:30\nb: 4")
    #expect(got.a == .text("12:30"))
    #expect(got.b == .number(4))
  }

  @Test func twoContainersOverOneMappingAddUp() throws {
    struct Inner: Decodable { var size: Int }
    struct Outer: Decodable {
      var kind: String
      var inner: Inner
      enum CodingKeys: CodingKey { case kind }
      init(from decoder: any Decoder) throws {
        kind = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .kind)
        inner = try Inner(from: decoder)
      }
    }
    let got: Outer = try decoded("kind: a\nsize: 3\n")
    #expect(got.inner.size == 3)
    #expect(faults("kind: a\nsize: 3\nmore: 1", as: Outer.self).map(\.keyPath) == ["more"])
  }

  @Test func aTypesOwnCheckIsReportedAtItsPlace() {
    struct Odd: Error, CustomStringConvertible { var description: String { "must be even" } }
    struct Even: Decodable {
      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer().decode(Int.self)
        if value % 2 == 1 { throw Odd() }
      }
    }
    let found = faults("a: 2\nb: 3\n", as: [String: Even].self)
    #expect(
      found.map(\.description) == [
        "c.yaml:2: b: expected a valid value, got '3'; must be even"
      ])
  }

  @Test func wrongShapesAreNamed() {
    #expect(faults("generator: 5", as: TrainingSample.self).first?.got == "'5'")
    #expect(faults("generator: [1]", as: TrainingSample.self).first?.got == "a list of 1")
    let found = faults("generator: {steps: {a: 1}}", as: TrainingSample.self)
    #expect(found.first?.got == "a mapping with a")
  }

  @Test func classesThatInheritAreRefusedClearly() {
    struct Child: Decodable {
      enum CodingKeys: CodingKey { case a }
      init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: CodingKeys.self).superDecoder()
      }
    }
    #expect(faults("a: 1", as: Child.self).first?.got.contains("superclass") == true)
  }

  @Test func aliasesStandForTheirValue() throws {
    let got: [String: [Int]] = try decoded("a: &x [1, 2]\nb: *x\n")
    #expect(got == ["a": [1, 2], "b": [1, 2]])
  }
}
