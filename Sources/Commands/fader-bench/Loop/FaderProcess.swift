import Foundation

/// The `fader` program, run as an operator would; what it prints goes to files of a folder.
struct FaderProcess {
  let program: URL
  /// Where it runs and leaves its output.
  let folder: URL

  /// Runs a command to its end.
  ///
  /// - Parameter name: of its output files.
  func run(_ arguments: [String], name: String) throws {
    let process = try start(arguments, name: name)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw fault(arguments, process, name: name) }
  }

  /// Serves a checkpoint while `body` runs, which is given the address, and stops it by SIGTERM.
  func serve<Result>(
    _ arguments: [String], name: String, _ body: (ServiceAddress) throws -> Result
  ) throws -> Result {
    let process = try start(["serve"] + arguments, name: name)
    defer {
      if process.isRunning { process.terminate() }
      process.waitUntilExit()
    }
    let result = try body(try address(of: process, arguments, name: name))
    process.terminate()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw fault(arguments, process, name: name) }
    return result
  }

  /// Waits for the line that names the address, a minute at most.
  private func address(
    of process: Process, _ arguments: [String], name: String
  ) throws -> ServiceAddress {
    for _ in 0..<6000 {
      let opening = "listening on http://"
      for line in errors(name).split(separator: "\n") where line.hasPrefix(opening) {
        if let found = ServiceAddress(String(line.dropFirst("listening on ".count))) {
          return found
        }
      }
      guard process.isRunning else { break }
      Thread.sleep(forTimeInterval: 0.01)
    }
    throw fault(arguments, process, name: name)
  }

  private func start(_ arguments: [String], name: String) throws -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    for (suffix, output) in [("out", true), ("err", false)] {
      let file = folder.appendingPathComponent("\(name).\(suffix)")
      try Data().write(to: file)
      let handle = try FileHandle(forWritingTo: file)
      if output { process.standardOutput = handle } else { process.standardError = handle }
    }
    try process.run()
    return process
  }

  private func errors(_ name: String) -> String {
    let file = folder.appendingPathComponent("\(name).err")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  private func fault(_ arguments: [String], _ process: Process, name: String) -> LoopError {
    LoopError.failed(
      command: (["fader"] + arguments).joined(separator: " "),
      status: process.isRunning ? nil : process.terminationStatus,
      said: String(errors(name).suffix(600)))
  }
}

/// Why a loop could not be closed.
enum LoopError: Error, CustomStringConvertible {
  case failed(command: String, status: Int32?, said: String)
  case used(folder: String)

  var description: String {
    switch self {
    case .failed(let command, let status, let said):
      "\(command): expected it to work, got "
        + (status.map { "exit code \($0)" } ?? "no address within a minute") + ": \(said)"
    case .used(let folder):
      "\(folder): expected a folder that is not there yet, got one; give --out another"
    }
  }
}
