import Foundation
import Testing

/// The guide to adding things says what compiled files say.
@Suite struct GuideTests {
  static let page = "Sources/CONTRIBUTING.md"

  /// The blocks of code that name the file they stand in.
  static func blocks(of text: String) -> [(file: String, code: String)] {
    text.split(separator: "```swift ").dropFirst().compactMap { part in
      guard let end = part.range(of: "\n```"), let line = part.firstIndex(of: "\n") else {
        return nil
      }
      return (String(part[..<line]), String(part[part.index(after: line)..<end.lowerBound]))
    }
  }

  /// Paths of the package that a text names in code font.
  static func paths(in text: String) -> [String] {
    text.matches(of: /`((?:Sources|Tests|configs)\/[A-Za-z0-9\/+.-]+)`/).map { String($0.1) }
  }

  @Test func everyBlockOfCodeStandsInTheFileItNames() throws {
    let blocks = Self.blocks(of: try PackageFolder.text(Self.page))
    #expect(blocks.count == 5)
    for block in blocks {
      let file = try PackageFolder.text(block.file)
      #expect(file.contains(block.code), "\(Self.page): not in \(block.file):\n\(block.code)")
    }
  }

  @Test func everyPathThatItNamesIsThere() throws {
    let paths = Self.paths(in: try PackageFolder.text(Self.page))
    #expect(paths.count > 15)
    for path in paths { #expect(PackageFolder.exists(path), "\(Self.page): no \(path)") }
  }

  /// The control: a block that differs, and a path that is not there, are found.
  @Test func aBlockThatDiffersIsFound() throws {
    let text = "see `Sources/Nowhere` ```swift Package.swift\nlet nothing = 1\n```\n"
    let blocks = Self.blocks(of: text)
    #expect(blocks.count == 1 && blocks[0].file == "Package.swift")
    #expect(try !PackageFolder.text(blocks[0].file).contains(blocks[0].code))
    #expect(Self.paths(in: text).filter { !PackageFolder.exists($0) } == ["Sources/Nowhere"])
  }
}
