/// What the process tells the shell: the numbers of BSD's `sysexits` where one fits.
struct ExitStatus: Equatable {
  let rawValue: Int32

  static let failure = ExitStatus(rawValue: 1)
  /// The evaluators are not good enough to train against.
  static let qualityGate = ExitStatus(rawValue: 2)
  /// Arguments that make no sense.
  static let usage = ExitStatus(rawValue: 64)
  /// A file was read and its content is wrong.
  static let data = ExitStatus(rawValue: 65)
  /// A file that should be read is not there.
  static let missingInput = ExitStatus(rawValue: 66)
  /// The system refused to read or write, or to open a port.
  static let inputOutput = ExitStatus(rawValue: 74)
  static let configuration = ExitStatus(rawValue: 78)
}
