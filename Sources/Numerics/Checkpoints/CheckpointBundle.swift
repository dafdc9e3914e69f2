import JSON

/// `bundle.json` of a checkpoint: the list of files with their hashes, and the typed sections.
///
/// The text ends in the SHA-256 of everything before it, so that a change of any bit in the bundle
/// itself is noticed too.
struct CheckpointBundle: Decodable {
  struct File: Codable {
    var bytes: Int
    var sha256: String
  }

  static let format = "fader-checkpoint"
  static let version = 1

  var files: [String: File]
  var sections: [String: Ignored]

  /// A section whose content is of no interest yet.
  struct Ignored: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  /// The text for `files` and `sections`, the latter as JSON on one line each.
  static func text(files: [String: File], sections: [String: [UInt8]]) throws -> [UInt8] {
    var text = "{\n\"format\": \"\(format)\",\n\"version\": \(version),\n\"files\": {"
    text += try members(files.mapValues { try EncodedJSON.line($0) })
    text += "},\n\"sections\": {"
    text += try members(sections)
    text += "},\n\(sealOpening)"
    let sealed = Array(text.utf8)
    return sealed + Array("\(sha256(of: sealed))\(sealClosing)".utf8)
  }

  private static func members(_ members: [String: [UInt8]]) throws -> String {
    let lines = try members.sorted { precedesInBytes($0.key, $1.key) }.map { name, value in
      String(decoding: try EncodedJSON.line(name) + Array(": ".utf8) + value, as: UTF8.self)
    }
    return lines.isEmpty ? "" : "\n" + lines.joined(separator: ",\n") + "\n"
  }
}

extension CheckpointBundle {
  private struct Heading: Decodable {
    var format: String
    var version: Int
  }

  private static let sealOpening = "\"bundle_sha256\": \""
  private static let sealClosing = "\"\n}\n"

  /// Reads and checks the text of `bundle.json`, which stands in `file`.
  init(_ text: [UInt8], file: String) throws(CheckpointError) {
    let sealFault = CheckpointBundle.sealFault(of: text)
    // Another format's bundle may have no seal: its name and version are the better message.
    if sealFault == nil || sealFault == .absent {
      try CheckpointBundle.checkHeading(of: text, file: file)
    }
    if let sealFault { throw .damagedBundle(file: file, reason: sealFault.rawValue) }
    do {
      self = try EncodedJSON.value(CheckpointBundle.self, of: text)
    } catch {
      throw .damagedBundle(file: file, reason: "its content does not decode: \(error)")
    }
    for name in files.keys where !CheckpointFolder.isFileName(name) {
      throw .damagedBundle(file: file, reason: "\(name) is not the name of a checkpoint's file")
    }
  }

  private enum SealError: String {
    case absent = "its closing hash is missing, expected as the last line"
    case broken = "its closing hash does not fit its content"
  }

  private static func sealFault(of text: [UInt8]) -> SealError? {
    let digits = text.count - 64 - sealClosing.utf8.count
    guard digits > 0, text[..<digits].ends(with: sealOpening.utf8),
      text[(digits + 64)...].elementsEqual(sealClosing.utf8)
    else { return .absent }
    let expected = String(decoding: text[digits..<digits + 64], as: UTF8.self)
    return sha256(of: Array(text[..<digits])) == expected ? nil : .broken
  }

  private static func checkHeading(of text: [UInt8], file: String) throws(CheckpointError) {
    let heading: Heading
    do {
      heading = try EncodedJSON.value(Heading.self, of: text)
    } catch {
      throw .damagedBundle(file: file, reason: "expected JSON with a format and a version")
    }
    guard heading.format == format else {
      throw .wrongFormat(file: file, expected: format, got: heading.format)
    }
    guard heading.version == version else {
      throw .wrongVersion(file: file, expected: version, got: heading.version)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: String.UTF8View) -> Bool {
    self.suffix(suffix.count).elementsEqual(suffix)
  }
}
