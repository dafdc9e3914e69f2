import Testing

@Suite struct ImportTests {
  @Test(arguments: ImportRules.layers)
  func everyTargetLiesInTheFolderOfItsLayer(layer: String) {
    #expect(PackageFolder.targets(of: layer) == ImportRules.table[layer]?.keys.sorted())
  }

  @Test func everyFolderOfSourcesIsALayer() {
    #expect(Set(PackageFolder.layers) == Set(ImportRules.layers))
    #expect(Set(ImportRules.table.keys) == Set(ImportRules.layers))
  }

  /// `Tests` mirrors `Sources`, but for what tests share and what holds for the whole package.
  @Test func testsLieInTheFolderOfTheirTargetsLayer() {
    for layer in PackageFolder.folders(in: "Tests")
    where !["Architecture", "Support"].contains(layer) {
      let tested = PackageFolder.folders(in: "Tests/\(layer)").filter { $0.hasSuffix("Tests") }
        .map { String($0.dropLast(5)) }
      let known = PackageFolder.targets(of: layer)
      #expect(Set(tested).isSubset(of: known), "Tests/\(layer) tests \(tested), not \(known)")
    }
  }

  @Test(arguments: ImportRules.targets)
  func importsFollowTheTable(target: String) throws {
    for file in PackageFolder.swiftFiles(of: target) {
      let faults = ImportScan.faults(
        in: try PackageFolder.text(file), file: file, target: target)
      #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }
  }

  @Test(arguments: ImportRules.targets)
  func theTableGoesDownwardsOnly(target: String) throws {
    let row = try #require(ImportRules.row(of: target))
    let faults = ImportScan.upwardImports(of: target, row)
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
  }

  /// The controls: the checks see what they are for.
  @Test(arguments: [
    "import PointwiseModel",
    "import Networks\n\n  @preconcurrency import PointwiseModel",
    "public import struct PointwiseModel.PointwiseRanker",
    "@_spi(Inner) internal import PointwiseModel",
  ])
  func aForbiddenImportIsFound(text: String) {
    let faults = ImportScan.faults(in: text, file: "MadeUp.swift", target: "GeneratorModel")
    #expect(faults.count == 1)
    #expect(faults.first?.contains("may not import PointwiseModel") == true)
  }

  @Test func aRowThatGoesUpwardsIsFound() {
    let faults = ImportScan.upwardImports(
      of: "Sessions", ImportRules.Row(modules: ["Features", "JSON", "Objectives", "Nowhere"]))
    #expect(
      faults == [
        "Sessions (layer Data) may import Nowhere, which stands in no layer",
        "Sessions (layer Data) may import Objectives of the higher layer Ranking",
      ])
  }

  @Test(arguments: [
    "import Networks", "// import PointwiseModel", "let text = \"import PointwiseModel\"",
    "important(PointwiseModel)",
  ])
  func whatIsNoForbiddenImportPasses(text: String) {
    let faults = ImportScan.faults(in: text, file: "MadeUp.swift", target: "GeneratorModel")
    #expect(faults.isEmpty)
  }

  @Test func filesOfUnknownTargetsAreFaults() {
    #expect(ImportScan.faults(in: "", file: "MadeUp.swift", target: "Common").count == 1)
  }

  @Test func theGapsOfTheDesignStand() {
    func mayImport(_ target: String, _ module: String) -> Bool {
      ImportRules.row(of: target)?.allowed.contains(module) ?? true
    }
    // It starts from the evaluators' pointwise terms, but knows no other family.
    #expect(!mayImport("GeneratorModel", "PointwiseModel"))
    #expect(!mayImport("EvaluatorModel", "GeneratorModel"))
    #expect(!mayImport("OfflineEvaluation", "Training"))
    #expect(!mayImport("Serving", "Training"))
    #expect(!mayImport("ListPolicy", "EvaluatorModel"))
    for target in ["OfflineEvaluation", "Serving", "fader"] {
      #expect(!mayImport(target, "GeneratorModel"), "\(target) knows families through ListPolicy")
    }
  }

  @Test func theTableHasNoCircle() {
    var left = ImportRules.table.values.reduce(into: [String: Set<String>]()) { all, layer in
      all.merge(layer.mapValues(\.modules)) { one, _ in one }
    }
    while !left.isEmpty {
      let free = left.filter { $0.value.isDisjoint(with: left.keys) }.keys
      guard !free.isEmpty else {
        Issue.record("these import each other: \(left.keys.sorted())")
        return
      }
      for name in free { left[name] = nil }
    }
  }
}
