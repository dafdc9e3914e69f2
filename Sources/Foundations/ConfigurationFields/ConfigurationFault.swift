/// A value that can be read but not worked with.
package struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// Dotted path of the key; empty for the section itself.
  package var key: String
  package var expected: String
  package var got: String
  /// What to do about it; may be empty.
  package var remedy: String

  package init(_ key: String, expected: String, got: String, remedy: String = "") {
    self.key = key
    self.expected = expected
    self.got = got
    self.remedy = remedy
  }

  /// `training.shards: expected a whole number of at least 1, got 0`
  package var description: String {
    "\(key): expected \(expected), got \(got)" + (remedy.isEmpty ? "" : "; \(remedy)")
  }

  var firstKey: Substring { key.prefix { $0 != "." } }

  /// The same fault, seen from the section around it.
  package func below(_ path: String) -> ConfigurationFault {
    var fault = self
    fault.key = path.isEmpty ? key : key.isEmpty ? path : "\(path).\(key)"
    return fault
  }

  func advising(_ remedy: String) -> ConfigurationFault {
    guard self.remedy.isEmpty else { return self }
    var fault = self
    fault.remedy = remedy
    return fault
  }
}
