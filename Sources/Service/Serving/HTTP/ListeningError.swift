/// Why the server could not start.
public struct ListeningError: Error, Sendable, CustomStringConvertible {
  public var host: String
  public var port: Int
  public var reason: String

  public var description: String {
    "cannot listen on \(host):\(port): \(reason); choose another host or port"
  }
}
