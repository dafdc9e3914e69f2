/// Why a schema could not be fitted: everything that was found, not only the first.
package struct SchemaErrors: Error, Equatable, CustomStringConvertible {
  /// Each says which key, what was expected, what was found and what to do.
  package var faults: [String]

  package init(_ faults: [String]) {
    self.faults = faults
  }

  package var description: String {
    "the configuration does not fit the training sessions:\n"
      + faults.map { "- \($0)" }.joined(separator: "\n")
  }
}
