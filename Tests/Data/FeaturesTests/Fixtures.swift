import Features
import Foundation
import RandomStreams
import Sessions

/// Sessions of mixed content: products have prices and brands, videos durations and tags, live
/// rooms viewers; some values are absent here and there.
func mixedSession(seed: UInt64, index: Int, candidates: Int = 12) -> Session {
  var stream = RandomStream(seed: seed, "mixed session", step: UInt64(index))
  let items = (0..<candidates).map { _ in mixedCandidate(&stream) }
  let shown = Array(stream.permutation(candidates).prefix(4))
  return Session(
    request: Request(
      id: "request \(index)",
      user: User(
        id: "user \(stream.below(5))",
        features: ["age": .number(Double(20 + stream.below(40))), "city": .text("york")]),
      context: ["hour": .number(Double(stream.below(24))), "app": .flag(stream.below(2) == 0)],
      candidates: items),
    time: 1_700_000_000 + Double(index) / 4, shown: shown,
    feedback: ["click": shown.map { _ in Float(stream.below(2)) }])
}

private func mixedCandidate(_ stream: inout RandomStream) -> Candidate {
  var features: FeatureMap = ["score": .number(stream.normal())]
  switch stream.below(3) {
  case 0:
    features["price"] = .number(Double(1 + stream.below(8)))
    features["brand"] = .text("brand \(stream.below(4))")
  case 1:
    features["duration"] = .number(10 + 100 * stream.uniform())
    features["tags"] = .texts((0..<stream.below(4)).map { _ in "tag \(stream.below(6))" })
  default:
    features["viewers"] = .number(Double(stream.below(100_000)))
  }
  return Candidate(id: "item \(stream.below(40))", features: features)
}

func mixedSessions(seed: UInt64, count: Int) -> [Session] {
  (0..<count).map { mixedSession(seed: seed, index: $0) }
}

func mixedConfiguration() -> SchemaConfiguration {
  var configuration = SchemaConfiguration()
  configuration.item.fields["viewers"] = FieldConfiguration(.number)
  configuration.item.fields["viewers"]?.log = true
  configuration.augment.rank = ["score", "price"]
  configuration.augment.share = ["brand"]
  configuration.includeItemID = true
  configuration.includeUserID = true
  return configuration
}

func fitted(
  _ configuration: SchemaConfiguration, _ sessions: [Session], columns: [CandidateColumn] = [],
  feedback: [String] = ["click"]
) throws -> FittedSchema {
  var fitter = SchemaFitter(configuration)
  for session in sessions { fitter.add(session) }
  return try fitter.fit(columns: columns, feedback: feedback)
}

/// A session of one request with the given item features, one map per candidate.
func session(_ items: [FeatureMap], user: FeatureMap = [:], context: FeatureMap = [:]) -> Session {
  Session(
    request: Request(
      id: "r", user: User(id: "u", features: user), context: context,
      candidates: items.enumerated().map { Candidate(id: "i\($0)", features: $1) }),
    time: 0, shown: items.isEmpty ? [] : [0], feedback: ["click": items.isEmpty ? [] : [1]])
}

/// The numeric inputs of one name, by row.
func numbers(_ name: String, _ side: EncodedSide, _ layout: SideLayout) -> [Float] {
  guard let column = layout.numbers.firstIndex(of: name) else { return [] }
  return (0..<side.rows).map { side.numbers[$0 * layout.numbers.count + column] }
}

/// The rows of one categorical, by item.
func rows(_ name: String, _ side: EncodedSide, _ layout: SideLayout) -> [Int32] {
  guard let column = layout.categoricals.firstIndex(where: { $0.name == name }) else { return [] }
  return (0..<side.rows).map { side.indices[$0 * layout.categoricals.count + column] }
}

/// The rows of one bag, by item.
func bags(_ name: String, _ side: EncodedSide, _ layout: SideLayout) -> [[Int32]] {
  guard let bag = layout.bags.firstIndex(where: { $0.name == name }) else { return [] }
  return (0..<side.rows).map {
    let place = $0 * layout.bags.count + bag
    return Array(
      side.bagIndices[Int(side.bagOffsets[place])..<Int(side.bagOffsets[place + 1])])
  }
}

func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

/// A folder for one test, removed after it.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}
