import ConfigurationFields

extension ConfigurationReference {
  /// A configuration file with every key at its default and its meaning above it. Keys that are left
  /// out by default, and those of entries, are comments: without their "# " they are YAML.
  package func yaml() throws -> String {
    let heading = """
      # Every key of a configuration file with its default, as `fader config --yaml` prints them.
      # A file needs to hold only what differs from here. Keys behind a "#" are left out by default;
      # N stands for an entry of a list, NAME for a name of your own. A value `null` is one left out.

      """
    return heading + (try keys.map { "\n" + (try lines(of: $0)).joined() }.joined())
  }

  /// The lines of a key and of all below it.
  private func lines(of key: KeyDescription) throws -> [String] {
    let meaning = wrapped(key.sentences, width: 90).map { "# \($0)\n" }
    let sections = key.form.sections
    if sections.isEmpty { return meaning + [try value(of: key)] }
    var lines: [String] = []
    for (steps, section) in sections {
      let below = try section.keys.flatMap { try self.lines(of: $0) }
      if steps.isEmpty {
        let block = ["\(key.key):\n"] + below.map { "  " + $0 }
        lines += key.standard == nil && !key.isRequired ? block.map(commented) : block
      } else {
        let whole = try key.standard.map { "\(key.key): \(try oneLine($0))\n" } ?? "\(key.key):\n"
        lines += key.standard == nil ? [commented(whole)] : [whole]
        lines += entry(steps, below).map(commented)
      }
    }
    return meaning + lines
  }

  /// An entry of a list or mapping, as it would stand below its key.
  private func entry(_ steps: [String], _ keys: [String]) -> [String] {
    guard let step = steps.first else { return keys.map { "  " + $0 } }
    let below = entry(Array(steps.dropFirst()), keys)
    return [step == "N" ? "  -\n" : "  \(step):\n"] + below.map { "  " + $0 }
  }

  private func value(of key: KeyDescription) throws -> String {
    if key.isRequired { return "\(key.key): # required\n" }
    return try "\(key.key): \(key.standard.map { try oneLine($0) } ?? "null")\n"
  }

  private func commented(_ line: String) -> String {
    "# " + line
  }
}
