import Foundation
import JSON

/// Collects a checkpoint's files and sections, then writes them as one folder, whole or not at all.
package struct CheckpointWriter: Sendable {
  private var files: [String: [UInt8]] = [:]
  private var sections: [String: [UInt8]] = [:]

  package init() {}

  /// Adds a file, or replaces the one of that name; `bundle.json` is written by itself.
  package mutating func add(file: String, bytes: [UInt8]) {
    precondition(
      CheckpointFolder.isFileName(file), "\(file) cannot be a file of a checkpoint")
    files[file] = bytes
  }

  /// Adds tensors as a safetensors file.
  package mutating func add(
    file: String = CheckpointFolder.modelFile, tensors: [StoredTensor],
    metadata: [String: String] = [:]
  ) {
    add(file: file, bytes: Safetensors.encode(tensors, metadata: metadata))
  }

  /// Adds what training goes on from beside tensors, as `state.json`; keys sorted.
  package mutating func setState<T: Encodable>(_ value: T) throws(CheckpointError) {
    do {
      add(file: CheckpointFolder.stateFile, bytes: try EncodedJSON.line(value))
    } catch {
      throw .unfitSection("(all)", file: CheckpointFolder.stateFile, reason: "\(error)")
    }
  }

  /// Puts `value` into `bundle.json` under `sections`; keys as its `CodingKeys` give, sorted.
  package mutating func setSection<T: Encodable>(
    _ name: String, _ value: T
  ) throws(CheckpointError) {
    do {
      sections[name] = try EncodedJSON.line(value)
    } catch {
      throw .unfitSection(name, file: CheckpointFolder.bundleFile, reason: "\(error)")
    }
  }

  /// Puts a section's JSON as it stands.
  mutating func setSection(_ name: String, text: [UInt8]) { sections[name] = text }

  /// Writes the folder `path`, replacing a checkpoint of that name.
  ///
  /// Everything goes into a hidden folder beside it, is forced to the disk and then renamed, so at
  /// any moment `path` is the old checkpoint, the new one or absent, but never a part of one.
  package func write(to path: String) throws(CheckpointError) {
    do {
      let target = URL(fileURLWithPath: path).standardizedFileURL
      let parent = target.deletingLastPathComponent()
      let suffix = ProcessInfo.processInfo.processIdentifier
      let name = target.lastPathComponent
      let temporary = parent.appendingPathComponent(".\(name).tmp-\(suffix)")
      let aside = parent.appendingPathComponent(".\(name).old-\(suffix)")
      try remove(temporary)
      do {
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        try writeFiles(into: temporary)
        try replace(target, by: temporary, aside: aside)
      } catch {
        try? remove(temporary)
        throw error
      }
      try synchronize(parent)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Renames `new` to `target`; what was there is kept as `aside` until that has worked.
  private func replace(_ target: URL, by new: URL, aside: URL) throws {
    guard FileManager.default.fileExists(atPath: target.path) else {
      return try FileManager.default.moveItem(at: new, to: target)
    }
    try remove(aside)
    try FileManager.default.moveItem(at: target, to: aside)
    do {
      try FileManager.default.moveItem(at: new, to: target)
    } catch {
      try? FileManager.default.moveItem(at: aside, to: target)
      throw error
    }
    try remove(aside)
  }

  /// `bundle.json` comes last: a folder without it is no checkpoint.
  private func writeFiles(into folder: URL) throws {
    var listed: [String: CheckpointBundle.File] = [:]
    for (name, bytes) in files {
      try write(bytes, to: folder.appendingPathComponent(name))
      listed[name] = CheckpointBundle.File(bytes: bytes.count, sha256: sha256(of: bytes))
    }
    let bundle = try CheckpointBundle.text(files: listed, sections: sections)
    try write(bundle, to: folder.appendingPathComponent(CheckpointFolder.bundleFile))
    try synchronize(folder)
  }

  private func write(_ bytes: [UInt8], to file: URL) throws {
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
  }

  /// Forces a folder's list of names to the disk.
  private func synchronize(_ folder: URL) throws {
    let handle = try FileHandle(forReadingFrom: folder)
    defer { try? handle.close() }
    try handle.synchronize()
  }

  private func remove(_ item: URL) throws {
    if FileManager.default.fileExists(atPath: item.path) {
      try FileManager.default.removeItem(at: item)
    }
  }
}
