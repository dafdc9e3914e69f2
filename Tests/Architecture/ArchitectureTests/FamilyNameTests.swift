import Testing

/// The rest of the house knows a policy as a `ListPolicy`: only a family's own folders, the table and
/// what is about generators by its nature name `Generator`.
@Suite struct FamilyNameTests {
  /// Folders and files that may, each with its reason.
  static let homes = [
    // The family itself, its trainer, and its row.
    "Sources/Ranking/GeneratorModel/", "Sources/Learning/Training/Families/Generator/",
    "Sources/Ranking/Families/Families.swift",
    // Methods of the comparison that are generators: supervised, interpolated, specialists.
    "Sources/Judgement/Baselines/Generators/",
    "Sources/Judgement/Comparison/Methods/SeedRun+Generators.swift",
    "Sources/Judgement/Comparison/SeedEvaluation+Specialists.swift",
    // Writes it as a graph.
    "Sources/Ranking/ModelExport/GeneratorGraph.swift",
    "Sources/Ranking/ModelExport/ExportedGraph.swift",
    // Measures the generator's own step.
    "Sources/Commands/fader-bench/Workload.swift",
    // Overfits one, and looks into it.
    "Sources/Commands/fader-bench/Gap/",
  ]

  /// Lines of a file that name the type, from 1, unless it may.
  static func namings(in text: String, file: String) -> [Int] {
    guard file.hasSuffix(".swift"), !homes.contains(where: file.hasPrefix) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.contains(/\bGenerator\b/) }.map { $0.offset + 1 }
  }

  @Test func onlyTheFamilysHomesNameIt() throws {
    for file in PackageFolder.files(under: "Sources") where file.hasSuffix(".swift") {
      let lines = Self.namings(in: try PackageFolder.text(file), file: file)
      #expect(lines.isEmpty, "\(file): names Generator in lines \(lines)")
    }
  }

  /// The control: the check sees what it is for.
  @Test func aNamingIsFound() {
    let text = "import GeneratorModel\nlet policy: Generator\nlet sizes: GeneratorConfiguration"
    #expect(Self.namings(in: text, file: "Sources/Service/Serving/Ranker.swift") == [2])
    #expect(Self.namings(in: text, file: "Sources/Ranking/GeneratorModel/Beam.swift") == [])
  }

  /// A home that is gone would hide a naming in a new file of that name.
  @Test func everyHomeIsThere() {
    for home in Self.homes { #expect(PackageFolder.exists(home), "\(home)") }
  }
}
