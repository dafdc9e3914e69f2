/// The import lines of Swift source text.
enum ImportScan {
  /// Names of the imported modules with their lines, from 1.
  ///
  /// Attributes, access levels and kinds (`import struct A.B`) are seen through; of a submodule
  /// (`import A.B`) the module counts.
  static func imports(in text: String) -> [(line: Int, module: String)] {
    let declaration =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)/
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in
        line.firstMatch(of: declaration).map { (index + 1, String($0.1)) }
      }
  }

  /// What `text`, a file of `target`, imports against the rules: one message each.
  static func faults(in text: String, file: String, target: String) -> [String] {
    guard let rule = ImportRules.table[target] else {
      return ["\(file): target \(target) stands in no row of the table"]
    }
    let allowed = rule.allowed.union(ImportRules.system)
    return imports(in: text).filter { !allowed.contains($0.module) }
      .map { "\(file):\($0.line): \(target) may not import \($0.module)" }
  }
}
