import Foundation

/// A path of the Open Inference Protocol.
struct InferencePath {
  enum Action {
    case server, live, ready, metadata, infer

    var methods: [String] { self == .infer ? ["POST"] : ["GET", "HEAD"] }
  }

  private(set) var action: Action
  private(set) var model: String?
  private(set) var version: String?

  /// nil for a path that the protocol does not have. A slash at the end means nothing.
  init?(_ path: String) {
    var steps = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2)
      .map { $0.removingPercentEncoding ?? String($0) }
    if steps.last == "" { steps.removeLast() }
    switch steps {
    case []: action = .server
    case ["health", "live"]: action = .live
    case ["health", "ready"]: action = .ready
    default:
      guard steps.count >= 2, steps[0] == "models" else { return nil }
      model = steps[1]
      var rest = steps.dropFirst(2)
      if rest.first == "versions", rest.count >= 2 {
        version = rest.dropFirst().first
        rest = rest.dropFirst(2)
      }
      switch Array(rest) {
      case []: action = .metadata
      case ["ready"]: action = .ready
      case ["infer"]: action = .infer
      default: return nil
      }
    }
  }

  /// Before a model is loaded it has no name to go by.
  func fits(_ description: ModelDescription) -> Bool {
    if let model, model != description.name, !description.name.isEmpty { return false }
    return version.map { $0 == description.version } ?? true
  }
}
