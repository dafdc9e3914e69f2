import Foundation

/// The bearer keys that open the service.
struct KeyRing: Sendable {
  private let keys: [[UInt8]]

  /// - Parameter section: of the configuration, for faults.
  /// - Throws: `KeyError` when a file cannot be read, or there is no key at all.
  init(
    _ configuration: KeysConfiguration, section: String = "keys",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(KeyError) {
    var found: [String] = []
    if let file = configuration.file {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw KeyError(section: section, place: file, got: "none that can be read")
      }
      found += text.split(whereSeparator: \.isNewline).map(KeyRing.key)
    }
    if let name = configuration.environment {
      found += (environment[name] ?? "").split { $0 == " " || $0 == "," }.map(String.init)
    }
    keys = found.filter { !$0.isEmpty }.map { Array($0.utf8) }
    guard !keys.isEmpty else {
      let place = [configuration.file, configuration.environment].compactMap { $0 }
      throw KeyError(section: section, place: place.joined(separator: ", "), got: "none")
    }
  }

  /// The key of a line. A comment starts at the line's beginning or behind a blank: `sec#ret` is a
  /// key.
  private static func key(ofLine line: Substring) -> String {
    var isBehindBlank = true
    let key = line.prefix { letter in
      defer { isBehindBlank = letter.isWhitespace }
      return !(letter == "#" && isBehindBlank)
    }
    return key.trimmingCharacters(in: .whitespaces)
  }

  /// Whether an Authorization header opens. The time it takes depends on the lengths only, so that
  /// no key can be guessed letter by letter.
  func opens(authorization: String?) -> Bool {
    guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return false }
    let given = Array(authorization.dropFirst(7).trimmingCharacters(in: .whitespaces).utf8)
    var isKnown = false
    // Every key is looked at, whichever fits.
    for key in keys {
      var difference = UInt64(key.count ^ given.count)
      for index in key.indices {
        difference |= UInt64(key[index] ^ (given.isEmpty ? 0 : given[index % given.count]))
      }
      if difference == 0 { isKnown = true }
    }
    return isKnown
  }
}

/// Keys are wanted, and there are none.
package struct KeyError: Error, Sendable, CustomStringConvertible {
  /// Section below `serving`.
  package var section: String
  package var place: String
  package var got: String

  package var description: String {
    "serving.\(section): expected bearer keys in \(place), got \(got); write one key per line into the "
      + "file, or set the environment variable"
  }
}
