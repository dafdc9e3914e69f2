import Testing

@Suite struct ImportTests {
  @Test func everyTargetHasARow() {
    #expect(Set(PackageFolder.targets) == Set(ImportRules.table.keys))
  }

  @Test(arguments: ImportRules.table.keys.sorted())
  func importsFollowTheTable(target: String) throws {
    for file in PackageFolder.swiftFiles(of: target) {
      let faults = ImportScan.faults(
        in: try PackageFolder.text(file), file: file, target: target)
      #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }
  }

  /// The control: the check sees what it is for.
  @Test(arguments: [
    "import EvaluatorModel",
    "import Networks\n\n  @preconcurrency import EvaluatorModel",
    "public import struct EvaluatorModel.EvaluatorHead",
    "@_spi(Inner) internal import EvaluatorModel",
  ])
  func aForbiddenImportIsFound(text: String) {
    let faults = ImportScan.faults(in: text, file: "MadeUp.swift", target: "GeneratorModel")
    #expect(faults.count == 1)
    #expect(faults.first?.contains("may not import EvaluatorModel") == true)
  }

  @Test(arguments: [
    "import Networks", "// import EvaluatorModel", "let text = \"import EvaluatorModel\"",
    "important(EvaluatorModel)",
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
      ImportRules.table[target]?.allowed.contains(module) ?? true
    }
    #expect(!mayImport("GeneratorModel", "EvaluatorModel"))
    #expect(!mayImport("EvaluatorModel", "GeneratorModel"))
    #expect(!mayImport("OfflineEvaluation", "Training"))
    #expect(!mayImport("Serving", "Training"))
  }

  @Test func theTableHasNoCircle() {
    var left = ImportRules.table.mapValues(\.modules)
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
