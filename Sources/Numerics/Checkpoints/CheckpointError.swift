/// Why a checkpoint cannot be read or written.
package enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no folder with a `bundle.json`.
  case notACheckpoint(path: String)
  /// `bundle.json` is damaged or not what the format asks for.
  case damagedBundle(file: String, reason: String)
  case wrongFormat(file: String, expected: String, got: String)
  case wrongVersion(file: String, expected: Int, got: Int)
  /// A file that `bundle.json` lists is not there, or cannot be read.
  case missingFile(file: String, reason: String)
  case wrongSize(file: String, expected: Int, got: Int)
  case wrongHash(file: String, expected: String, got: String)
  /// A file was asked for that the checkpoint does not list.
  case unknownFile(String, checkpoint: String, known: [String])
  /// A section was asked for that `bundle.json` does not have.
  case unknownSection(String, file: String, known: [String])
  /// A section does not decode as, or a value not encode from, the type asked for.
  case unfitSection(String, file: String, reason: String)
  case cannotWrite(path: String, reason: String)

  package var description: String {
    let again = "the checkpoint is damaged: copy it again or use an earlier one"
    switch self {
    case .notACheckpoint(let path):
      return "\(path): expected a checkpoint folder with \(CheckpointFolder.bundleFile), got none; "
        + "give the path of a folder such as checkpoints/step-000500"
    case .damagedBundle(let file, let reason):
      return "\(file): \(reason); \(again)"
    case .wrongFormat(let file, let expected, let got):
      return "\(file): expected format \(expected), got \(got); this is not a Fader checkpoint"
    case .wrongVersion(let file, let expected, let got):
      return "\(file): expected version \(expected), got \(got); "
        + "use the release of Fader that wrote it, or train again"
    case .missingFile(let file, let reason):
      return "\(file): expected a readable file, got none (\(reason)); \(again)"
    case .wrongSize(let file, let expected, let got):
      return "\(file): expected \(expected) bytes, got \(got); \(again)"
    case .wrongHash(let file, let expected, let got):
      return "\(file): expected SHA-256 \(expected), got \(got); \(again)"
    case .unknownFile(let name, let checkpoint, let known):
      return "\(checkpoint): expected the file \(name), got only \(list(known)); "
        + "use a checkpoint that was written with it"
    case .unknownSection(let name, let file, let known):
      return "\(file): expected the section \(name), got only \(list(known)); "
        + "use a checkpoint that was written with it"
    case .unfitSection(let name, let file, let reason):
      return "\(file): section \(name) does not fit: \(reason); "
        + "use the release of Fader that wrote it"
    case .cannotWrite(let path, let reason):
      return "\(path): cannot be written (\(reason)); check space and permissions"
    }
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.sorted(by: precedesInBytes).joined(separator: ", ")
  }
}
