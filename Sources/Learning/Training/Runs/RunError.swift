/// Why a run directory cannot be used.
package enum RunError: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotCreate(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)

  package var description: String {
    let remedy = "check the path, its permissions and the free space, or choose another directory"
    switch self {
    case .cannotCreate(let path, let reason):
      return "\(path): expected a directory that can be made, got: \(reason); \(remedy)"
    case .cannotRead(let path, let reason):
      return "\(path): expected a readable file, got: \(reason); \(remedy)"
    case .cannotWrite(let path, let reason):
      return "\(path): expected a writable file, got: \(reason); \(remedy)"
    }
  }
}
