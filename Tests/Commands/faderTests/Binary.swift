import Foundation

/// The built programs, which lie beside the test bundle.
enum Binary {
  struct Outcome {
    /// Exit code, or 128 + signal as a shell shows it.
    var status: Int32
    var output: String
    var errors: String
  }

  static func path(_ program: String) -> URL {
    let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent(program)
  }

  /// Runs the program to its end.
  ///
  /// - Parameter input: what it finds on standard input.
  static func run(
    _ arguments: [String], input: String = "", program: String = "fader", in scratch: Scratch
  ) throws -> Outcome {
    try start(arguments, input: input, program: program, in: scratch).wait()
  }

  /// Starts the program; its output goes to files, as pipes fill up.
  static func start(
    _ arguments: [String], input: String = "", program: String = "fader", in scratch: Scratch
  ) throws -> Running {
    let files = ["in", "out", "err"].map { scratch.newFile($0) }
    try Data(input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = path(program)
    process.arguments = arguments
    process.currentDirectoryURL = scratch.folder
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    return Running(process: process, output: files[1], errors: files[2])
  }

  /// A program that was started.
  struct Running {
    let process: Process
    let output: URL
    let errors: URL

    var errorText: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    func wait() throws -> Outcome {
      process.waitUntilExit()
      let died = process.terminationReason == .uncaughtSignal
      return Outcome(
        status: process.terminationStatus + (died ? 128 : 0),
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: errorText)
    }

    /// Waits until `condition` holds or the program has ended.
    func wait(until condition: () -> Bool) {
      while process.isRunning, !condition() { Thread.sleep(forTimeInterval: 0.005) }
    }
  }
}
