/// Why the server could not start.
package struct ListeningError: Error, Sendable, CustomStringConvertible {
  package var host: String
  package var port: Int
  package var reason: String

  package var description: String {
    "cannot listen on \(host):\(port): \(reason); choose another host or port"
  }
}
