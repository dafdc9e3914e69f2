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
    guard let rule = ImportRules.row(of: target) else {
      return ["\(file): target \(target) stands in no row of the table"]
    }
    let allowed = rule.allowed.union(ImportRules.system)
    return imports(in: text).filter { !allowed.contains($0.module) }
      .map { "\(file):\($0.line): \(target) may not import \($0.module)" }
  }

  /// What a row allows of layers above the target's own: one message each.
  static func upwardImports(of target: String, _ row: ImportRules.Row) -> [String] {
    guard let own = ImportRules.height(of: target) else {
      return ["\(target) stands in no layer"]
    }
    let layer = ImportRules.layers[own]
    return row.modules.sorted().compactMap { module in
      guard let other = ImportRules.height(of: module) else {
        return "\(target) (layer \(layer)) may import \(module), which stands in no layer"
      }
      return other <= own
        ? nil
        : "\(target) (layer \(layer)) may import \(module) of the higher layer "
          + ImportRules.layers[other]
    }
  }
}
