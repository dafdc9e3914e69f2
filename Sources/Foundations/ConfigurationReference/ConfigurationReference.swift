package import ConfigurationFields

/// Every key of a configuration file, said three ways: as text, as a YAML file of all defaults and
/// as a JSON Schema.
package struct ConfigurationReference: Sendable {
  /// The outermost keys.
  package let keys: [KeyDescription]

  package init(_ keys: [KeyDescription]) {
    self.keys = keys
  }
}

extension ConfigurationForm {
  /// The sections in this form, with what a path says of their place: nothing for the value itself,
  /// `N` for the entries of a list, `NAME` for those of a mapping.
  var sections: [(steps: [String], section: ConfigurationSection)] {
    switch self {
    case .wholeNumber, .number, .truth, .text, .choice: []
    case .section(let section): [([], section)]
    case .list(let entry): entry.sections.map { (["N"] + $0.steps, $0.section) }
    case .map(let entry): entry.sections.map { (["NAME"] + $0.steps, $0.section) }
    case .either(let forms): forms.flatMap(\.sections)
    }
  }

  /// What may be written, in a few words.
  func phrase(_ bounds: ConfigurationBounds) -> String {
    switch self {
    case .wholeNumber(let isSigned):
      bounds.expectation(isSigned || bounds.range != nil ? "a whole number" : "a whole number >= 0")
    case .number: bounds.expectation("a number")
    case .truth: "true or false"
    case .text: bounds.isFilled ? "a text that is not empty" : "a text"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    case .list(let entry): "a list, each entry \(entry.phrase(bounds))"
    case .map(let entry): "a mapping of names to values, each \(entry.phrase(bounds))"
    case .section(let section):
      section.takesOneKey ? "a mapping with one of the keys below" : "a mapping with the keys below"
    case .either(let forms): forms.map { $0.phrase(bounds) }.joined(separator: "; or ")
    }
  }
}

extension KeyDescription {
  /// The meaning and what may be written, as sentences.
  var sentences: String {
    // A plain section is seen to be one.
    if case .section(let section) = form, !section.takesOneKey { return meaning }
    let phrase = form.phrase(bounds)
    return "\(meaning) \(phrase.prefix(1).uppercased())\(phrase.dropFirst())."
  }
}

/// The words of a text on lines of at most `width` characters.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  return lines + (line.isEmpty ? [] : [line])
}
