/// A fault with the line it was found in.
public struct LineError: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  public var path: String
  /// From 1.
  public var line: Int
  public var fault: FieldError

  public init(path: String, line: Int, fault: FieldError) {
    self.path = path
    self.line = line
    self.fault = fault
  }

  public var description: String { "\(path):\(line): \(fault)" }
}
