import Foundation
import Testing

@Suite struct RepositoryTests {
  /// System libraries are a header and a module map.
  static let targets = PackageFolder.targets.filter { target in
    !["CZlib"].contains { target.hasSuffix("/\($0)") }
  }

  @Test(arguments: targets)
  func everyTargetSaysWhatItIs(target: String) throws {
    let lines = try PackageFolder.text("\(target)/README.md").split(separator: "\n")
    #expect(lines.first == "# \(target.split(separator: "/")[2])")
    #expect((5...70).contains(lines.count), "a README is under a page, got \(lines.count) lines")
  }

  @Test(arguments: ImportRules.layers)
  func everyLayerShowsItsRooms(layer: String) throws {
    let text = try PackageFolder.text("Sources/\(layer)/README.md")
    #expect(text.hasPrefix("# \(layer)\n"))
    #expect((5...70).contains(text.split(separator: "\n").count))
    for target in PackageFolder.targets(of: layer) {
      #expect(text.contains(target), "Sources/\(layer)/README.md: no word of \(target)")
    }
  }

  @Test(arguments: PackageFolder.otherLanguages)
  func foldersOfOtherLanguagesHoldNoTarget(folder: String) throws {
    #expect(PackageFolder.exists("Sources/\(folder)/README.md"))
    #expect(!PackageFolder.files(under: "Sources/\(folder)").contains { $0.hasSuffix(".swift") })
    #expect(try !PackageFolder.text("Package.swift").contains("Sources/\(folder)"))
  }

  @Test func theTopLevelHoldsWhatTheDesignNames() throws {
    let known: Set = [
      "Package.swift", "Package.resolved", "Sources", "Tests", "configs", "data", "checkpoints",
      "README.md",
    ]
    let names = Set(try PackageFolder.ownFiles().map { String($0.prefix { $0 != "/" }) })
    let strangers = names.filter { !known.contains($0) && !$0.hasPrefix(".") }
    #expect(strangers.isEmpty)
  }

  /// A path of somebody's machine, of a home folder or of where a session happened to run.
  static func absolutePath(in text: String) -> String? {
    // Assembled, so that this file does not hold what it looks for.
    let folders = ["work", "root", "home", "Users"].joined(separator: "|")
    guard let pattern = try? Regex("(?:^|[^A-Za-z0-9_.*/~-])/(?:\(folders))/[A-Za-z]") else {
      return "the pattern does not compile"
    }
    return text.firstMatch(of: pattern).map { String(text[$0.range]) }
  }

  @Test func noFileNamesAPathOfOneMachine() throws {
    for file in try PackageFolder.ownFiles() {
      guard let text = String(data: try PackageFolder.bytes(file), encoding: .utf8) else {
        continue
      }
      let found = Self.absolutePath(in: text)
      #expect(found == nil, "\(file): \(found ?? "")")
    }
  }

  @Test func aPathOfOneMachineIsFound() {
    let slash = "/"
    #expect(Self.absolutePath(in: "see \(slash)home\(slash)me") != nil)
    #expect(Self.absolutePath(in: "\(slash)root\(slash)data") != nil)
    #expect(Self.absolutePath(in: "Sources/home/page.swift /v1/rerank") == nil)
  }
}
