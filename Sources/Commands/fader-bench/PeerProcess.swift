import Foundation
import JSON
import Sessions

/// Runs the programs whose figures are compared, each in a process of its own.
struct PeerProcess {
  let python: String
  let file: String

  /// - Throws: what is missing: the file, the interpreter or the library.
  func check() throws {
    guard FileManager.default.fileExists(atPath: file) else {
      throw PeerError.missing(
        "--file: expected a Python program, there is none at \(file)")
    }
    let library = try? Self.run(python, ["-c", "import torch"], quiet: true)
    // What the finder of programs answers when there is none, or none that can be run.
    guard let library, ![126, 127].contains(library.status) else {
      throw PeerError.missing(
        "--python: expected an interpreter, \(python) cannot be run; give its path")
    }
    guard library.status == 0 else {
      throw PeerError.missing(
        "--python: \(python) cannot import torch; install it there (pip install torch), or name "
          + "an interpreter that has it")
    }
  }

  /// Figures of the reference with our sizes.
  func figures(_ options: BenchOptions, compiled: Bool) throws -> [String: Double] {
    let arguments =
      [
        file, "--threads", "\(options.workers)", "--batch", "\(options.batch)", "--lists",
        "\(options.lists)", "--rounds", "\(options.rounds)",
      ] + Self.history(options)
    return try Self.figures(python, arguments + (compiled ? ["--compile"] : []))
  }

  /// Figures of one of our own commands, by this same program.
  static func own(_ command: String, _ options: BenchOptions) throws -> [String: Double] {
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return try figures(
      program,
      [
        command, "--workers", "\(options.workers)", "--batch", "\(options.batch)", "--lists",
        "\(options.lists)", "--rounds", "\(options.rounds)", "--json",
      ] + history(options))
  }

  /// Only where there is one: a reference without histories does not know the options.
  private static func history(_ options: BenchOptions) -> [String] {
    guard options.exposures + options.clicks > 0 else { return [] }
    return ["--exposures", "\(options.exposures)", "--clicks", "\(options.clicks)"]
  }

  private static func figures(_ program: String, _ arguments: [String]) throws -> [String: Double] {
    let line = ([program] + arguments).joined(separator: " ")
    let (status, output) = try run(program, arguments)
    guard status == 0 else { throw PeerError.failed("\(line) ended with status \(status)") }
    guard let members = (try? JSONScanner.parse(output))?.members else {
      throw PeerError.failed("\(line): expected one JSON object, got \(output.prefix(200))")
    }
    return Dictionary(
      members.compactMap { member in member.value.number.map { (member.key, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func run(
    _ program: String, _ arguments: [String], quiet: Bool = false
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    // Looks a bare name up in PATH, and takes a path as it is.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = pipe
    if quiet { process.standardError = FileHandle.nullDevice }
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

/// Why there is nothing to compare with.
enum PeerError: Error, CustomStringConvertible {
  /// Something that has to be installed or named.
  case missing(String)
  /// A program that ran and gave no figures.
  case failed(String)

  var description: String {
    switch self {
    case .missing(let message), .failed(let message): message
    }
  }
}
