import Foundation
import JSON

/// A checkpoint folder, checked whole when it is opened: every file's size and SHA-256.
///
/// Files are read, and checked, again when they are asked for, so an open reader holds little.
package struct CheckpointReader: Sendable {
  /// The folder's path, as given.
  package let path: String
  /// Version of the format.
  package let version: Int
  /// SHA-256 of `model.safetensors`, the model's identity; empty without such a file.
  package let modelHash: String
  private let files: [String: CheckpointFile]
  private let sections: Set<String>
  private let bundle: [UInt8]

  private struct CheckpointFile {
    var bytes: Int
    var sha256: String
  }

  /// Opens and verifies the checkpoint in the folder `path`.
  package init(path: String) throws(CheckpointError) {
    self.path = path
    let file = "\(path)/\(CheckpointFolder.bundleFile)"
    guard FileManager.default.fileExists(atPath: file) else { throw .notACheckpoint(path: path) }
    bundle = try CheckpointReader.read(file)
    let content = try CheckpointBundle(bundle, file: file)
    files = content.files.mapValues { CheckpointFile(bytes: $0.bytes, sha256: $0.sha256) }
    sections = Set(content.sections.keys)
    version = CheckpointBundle.version
    modelHash = content.files[CheckpointFolder.modelFile]?.sha256 ?? ""
    for name in fileNames { _ = try bytes(name) }
  }

  /// SHA-256 of `bundle.json`, the identity of the checkpoint as a whole: it lists all other hashes.
  package var bundleHash: String { sha256(of: bundle) }

  /// Names of the files beside `bundle.json`, sorted.
  package var fileNames: [String] { files.keys.sorted(by: precedesInBytes) }

  /// Names of the sections, sorted.
  package var sectionNames: [String] { sections.sorted(by: precedesInBytes) }

  /// Content of a file of the checkpoint, verified.
  package func bytes(_ file: String) throws(CheckpointError) -> [UInt8] {
    guard let expected = files[file] else {
      throw .unknownFile(file, checkpoint: path, known: fileNames)
    }
    let bytes = try CheckpointReader.read("\(path)/\(file)")
    guard bytes.count == expected.bytes else {
      throw .wrongSize(file: "\(path)/\(file)", expected: expected.bytes, got: bytes.count)
    }
    let hash = sha256(of: bytes)
    guard hash == expected.sha256 else {
      throw .wrongHash(file: "\(path)/\(file)", expected: expected.sha256, got: hash)
    }
    return bytes
  }

  /// The tensors of a safetensors file by name. Throws `CheckpointError` or `SafetensorsError`.
  package func tensors(
    _ file: String = CheckpointFolder.modelFile
  ) throws -> [String: StoredTensor] {
    let tensors = try Safetensors.decode(try bytes(file), file: "\(path)/\(file)").tensors
    return Self.multiplied(Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) }))
  }

  /// Tensors of whole numbers times the factors of their rows, which stand beside them.
  private static func multiplied(_ tensors: [String: StoredTensor]) -> [String: StoredTensor] {
    var tensors = tensors
    for (name, factors) in tensors where name.hasSuffix(StoredPrecision.factors) {
      let own = String(name.dropLast(StoredPrecision.factors.count))
      guard var tensor = tensors[own], tensor.shape.first == factors.scalars.count,
        !factors.scalars.isEmpty
      else { continue }
      let columns = tensor.scalars.count / factors.scalars.count
      for i in tensor.scalars.indices { tensor.scalars[i] *= factors.scalars[i / columns] }
      tensors[own] = tensor
      tensors[name] = nil
    }
    return tensors
  }

  package func hasSection(_ name: String) -> Bool { sections.contains(name) }

  /// A section of `bundle.json`.
  package func section<T: Decodable>(
    _ name: String, as: T.Type = T.self
  ) throws(CheckpointError) -> T {
    let file = "\(path)/\(CheckpointFolder.bundleFile)"
    guard hasSection(name) else {
      throw .unknownSection(name, file: file, known: sectionNames)
    }
    do {
      let userInfo = BundleSection<T>.nameKey.map { [$0: name as any Sendable] } ?? [:]
      return try EncodedJSON.value(BundleSection<T>.self, of: bundle, userInfo: userInfo).value
    } catch {
      throw .unfitSection(name, file: file, reason: "\(error)")
    }
  }

  /// The JSON of every section as it stands in the bundle, where each has a line of its own.
  var sectionTexts: [String: [UInt8]] {
    let lines = bundle.split(separator: UInt8(ascii: "\n"))
    guard let start = lines.firstIndex(where: { $0.elementsEqual("\"sections\": {".utf8) }) else {
      return [:]
    }
    var texts: [String: [UInt8]] = [:]
    for line in lines[(start + 1)...] {
      let opening = sections.lazy.compactMap { name -> (String, [UInt8])? in
        guard let key = try? EncodedJSON.line(name) else { return nil }
        let opening = key + Array(": ".utf8)
        return line.starts(with: opening) ? (name, opening) : nil
      }.first
      guard let (name, opening) = opening else { break }
      let text = line.dropFirst(opening.count)
      texts[name] = Array(text.last == UInt8(ascii: ",") ? text.dropLast() : text)
    }
    return texts
  }

  /// What `state.json` holds.
  package func state<T: Decodable>(as: T.Type = T.self) throws(CheckpointError) -> T {
    let text = try bytes(CheckpointFolder.stateFile)
    do {
      return try EncodedJSON.value(T.self, of: text)
    } catch {
      throw .unfitSection(
        "(all)", file: "\(path)/\(CheckpointFolder.stateFile)", reason: "\(error)")
    }
  }

  private static func read(_ file: String) throws(CheckpointError) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw .missingFile(file: file, reason: error.localizedDescription)
    }
  }
}

/// Decodes one section straight from the bundle's text, so that no number is converted twice.
private struct BundleSection<T: Decodable>: Decodable {
  static var nameKey: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "section") }

  let value: T

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  init(from decoder: any Decoder) throws {
    let name = Self.nameKey.flatMap { decoder.userInfo[$0] as? String } ?? ""
    let sections = try decoder.container(keyedBy: Key.self)
      .nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "sections"))
    value = try sections.decode(T.self, forKey: Key(stringValue: name))
  }
}
