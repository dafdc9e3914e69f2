/// What one decoding has asked for and what it found wrong.
final class DecodingJournal {
  let root: YAMLNode
  private var mappings: [[String]: (entries: [YAMLNode.Entry], asked: Set<String>)] = [:]
  private var faults: [(path: [String], fault: ConfigurationError)] = []

  init(root: YAMLNode) {
    self.root = root
  }

  /// A keyed container was opened; several over one mapping add up.
  func open(_ entries: [YAMLNode.Entry], at path: [String]) {
    if mappings[path] == nil { mappings[path] = (entries, []) }
  }

  func ask(_ key: String, at path: [String]) {
    mappings[path]?.asked.insert(key)
  }

  /// Notes a fault after which decoding can go on with a default.
  func note(_ error: any Error, at path: [String]) {
    for fault in located(error, path).faults { faults.append((path, fault)) }
  }

  /// Decodes a value and gives every error its place.
  func read<T: Decodable>(_ type: T.Type, _ node: YAMLNode, _ path: [String]) throws -> T {
    do {
      let value: T
      if let scalar = type as? any ScalarReadable.Type {
        value = try readScalar(scalar, as: type, node, path)
      } else {
        value = try T(from: NodeDecoder(node: node, path: path, journal: self))
      }
      // Code that tries one type after another has found the right one.
      faults.removeAll { $0.path == path }
      return value
    } catch let error as DecodingError {
      abandon(path)
      throw located(error, path, type: type, node: node)
    } catch {
      abandon(path)
      throw located(error, path)
    }
  }

  private func readScalar<T>(
    _ scalar: any ScalarReadable.Type, as type: T.Type, _ node: YAMLNode, _ path: [String]
  ) throws -> T {
    var remedy = ""
    if case .scalar(let text, let plain) = node.content {
      if let value = scalar.read(text, plain: plain) as? T { return value }
      remedy = scalar.remedy(text, plain: plain)
    }
    throw ConfigurationError(
      at: node.origin, path: path, expected: scalar.expectation, got: node.summary, remedy: remedy)
  }

  /// A value that failed half-way has not asked for all its keys: none of them is unknown yet.
  private func abandon(_ path: [String]) {
    for key in mappings.keys where key.starts(with: path) { mappings[key] = nil }
  }

  /// All faults: those noted, and one for each key that nobody asked for.
  func conclude() -> [ConfigurationError] {
    var all = faults.map(\.fault)
    for (path, mapping) in mappings {
      for entry in mapping.entries where !mapping.asked.contains(entry.key) {
        all.append(unknownKeyFault(entry, path: path, known: mapping.asked))
      }
    }
    return all.sorted {
      ($0.file, $0.line ?? .max, $0.column ?? .max, $0.keyPath)
        < ($1.file, $1.line ?? .max, $1.column ?? .max, $1.keyPath)
    }
  }
}
