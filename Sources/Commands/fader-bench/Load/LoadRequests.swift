import JSON
import RandomStreams
import Sessions

/// The bytes of made-up rerank requests: a pool of bodies, each sent with other weights.
struct LoadRequests: Sendable {
  /// Of each body, what follows its weights.
  private let rests: [[UInt8]]
  private let objectives: [String]
  private let weightings: Int

  /// - Parameter file: JSON Lines of requests; every feature of a made-up item, user or context has
  ///   the value it has in one of the file's, or is absent as there.
  init(
    file: String, objectives: [String], bodies: Int, candidates: Int, length: Int, weightings: Int
  ) throws {
    var reader = try LineReader(path: file)
    var known: [JSONValue] = []
    while let line = try reader.next() { known.append(try JSONScanner.parse(line)) }
    let items = known.flatMap { $0["items"]?.array ?? [] }.compactMap { $0["features"] }
    guard !items.isEmpty else { throw LoadError.noRequest(file: file) }
    let users = known.compactMap { $0["user"]?["features"] }
    let contexts = known.compactMap { $0["context"] }
    self.objectives = objectives
    self.weightings = weightings
    rests = (0..<bodies).map { number in
      var stream = RandomStream(seed: 1, "load.bodies", request: UInt64(number))
      let body: JSONValue = [
        "user": [
          "id": .string("u\(number)"), "features": LoadRequests.mixed(users, &stream),
        ],
        "context": LoadRequests.mixed(contexts, &stream),
        "items": .array(
          (0..<candidates).map { index in
            [
              "id": .string("i\(stream.below(90_000) * 1000 + index)"),
              "features": LoadRequests.mixed(items, &stream),
            ]
          }),
        "size": .number(Double(length)),
      ]
      return body.serialized().dropFirst()
    }.map(Array.init)
  }

  /// An object like the given ones: each key with the value of one of them, drawn by itself.
  private static func mixed(_ objects: [JSONValue], _ stream: inout RandomStream) -> JSONValue {
    guard !objects.isEmpty else { return .object([]) }
    let keys = Set(objects.flatMap { ($0.members ?? []).map(\.key) }).sorted()
    return .object(
      keys.compactMap { key in
        objects[Int(stream.below(objects.count))][key].map { (key: key, value: $0) }
      })
  }

  /// Body `number`.
  func body(_ number: Int) -> [UInt8] {
    let weights: [UInt8] = JSONValue.object(weights(number)).serialized()
    return Array("{\"weights\":".utf8) + weights + Array(",".utf8) + rests[number % rests.count]
  }

  /// Request `number` as it goes over the wire.
  func bytes(_ number: Int) -> [UInt8] {
    let body = body(number)
    let head = """
      POST /v1/rerank HTTP/1.1\r
      Host: 127.0.0.1\r
      Content-Type: application/json\r
      Content-Length: \(body.count)\r
      \r\n
      """
    return Array(head.utf8) + body
  }

  private func weights(_ number: Int) -> [(key: String, value: JSONValue)] {
    let which = weightings == 0 ? number : number % weightings
    var stream = RandomStream(seed: 1, "load.weights", request: UInt64(which))
    return objectives.map { ($0, .number(Double(1 + stream.below(9999)))) }
  }
}
