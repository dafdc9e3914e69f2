import Foundation
import JSON
import Sessions

/// Requests to try a new model with, in the form that `fader rank` and the server take.
struct ExampleRequests {
  /// Requests without weights, JSON Lines.
  let file: String
  /// The first request once per objective, with all the weight on it.
  let single: [String]

  /// Writes the files into `directory`/examples.
  init(_ sessions: [Session], objectives: [String], directory: String) throws {
    let folder = "\(directory)/examples"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    file = "\(folder)/requests.jsonl"
    var lines = try LineWriter(path: file)
    for session in sessions.prefix(20) {
      try lines.write(ExampleRequests.json(session, weights: nil))
    }
    try lines.finish()
    guard let first = sessions.first else {
      single = []
      return
    }
    single = try objectives.map { name in
      let path = "\(folder)/\(name).json"
      let request = ExampleRequests.json(first, weights: .object([(name, .number(1))]))
      try TextFile.write(request.serialized() + "\n", to: path)
      return path
    }
  }

  private static func json(_ session: Session, weights: JSONValue?) -> JSONValue {
    let request = session.request
    var members: [(key: String, value: JSONValue)] = [
      ("request_id", .string(request.id)), ("user", request.user.json),
      ("context", request.context.json), ("items", .array(request.candidates.map(\.json))),
      ("size", .number(Double(session.shown.count))),
    ]
    if let weights { members.append(("weights", weights)) }
    return .object(members)
  }
}
