import Foundation
import JSON
import Sessions

extension ConsoleConfiguration {
  /// Samples at most, from the top of the file.
  private static let mostSamples = 50

  /// The sessions as requests with the list that was shown: none when no file is configured.
  func samples() throws -> [JSONValue] {
    guard let sessions else { return [] }
    var reader = try SessionReader(path: sessions)
    var samples: [JSONValue] = []
    while samples.count < ConsoleConfiguration.mostSamples, let session = try reader.next() {
      samples.append(session.sample)
    }
    return samples
  }

  /// nil where there is no report.
  func reportBytes() -> [UInt8]? {
    guard let report, let data = FileManager.default.contents(atPath: report) else { return nil }
    return Array(data)
  }
}

extension Session {
  fileprivate var sample: JSONValue {
    let items = request.candidates.map { candidate -> JSONValue in
      ["id": .string(candidate.id), "features": candidate.features.json]
    }
    var asked: [(key: String, value: JSONValue)] = [
      ("request_id", .string(request.id)),
      ("user", ["id": .string(request.user.id), "features": request.user.features.json]),
      ("context", request.context.json), ("items", .array(items)),
      ("size", .number(Double(shown.count))),
    ]
    if !request.history.isEmpty {
      asked.append(("history", .array(request.history.map(\.json))))
    }
    return [
      "request": .object(asked),
      "logged": .array(shown.map { .string(request.candidates[$0].id) }),
      "feedback": .object(
        feedback.sorted { $0.key < $1.key }.map { kind, values in
          (kind, .array(values.map { .number(Double($0)) }))
        }),
    ]
  }
}
