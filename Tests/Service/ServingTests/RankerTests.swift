import Checkpoints
import EvaluatorModel
import Features
import Foundation
import JSON
import ListPolicy
import Networks
import Objectives
import Serving
import Sessions
import Steering
import Synchronization
import Testing

/// With the checkpoint that comes with the repository.
@Suite struct RankerTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private let checkpoint = root.appendingPathComponent("checkpoints/quickstart").path
  private let ranker: Ranker
  private let body: [UInt8]

  init() throws {
    ranker = try Ranker(checkpoint: checkpoint)
    let file = RankerTests.root.appendingPathComponent("data/feed/click.json")
    body = Array(try Data(contentsOf: file))
  }

  private func resolved(_ request: RankRequest) throws -> RankRequest {
    try request.resolved(for: ranker.description, ServingConfiguration())
  }

  @Test func scannedRequestsGetTheSameAnswer() throws {
    var scanned = try #require(ranker.scanner?.scan(body))
    let plain = try RankRequest(json: JSONScanner.parse(body))
    scanned.request = try resolved(scanned.request)
    #expect(try ranker.rank(scanned) == ranker.rank(resolved(plain)))
  }

  @Test(arguments: [ListStrategy(), ListStrategy(.beam), ListStrategy(.sample)])
  func nobodyIsWorkedForOnceTheyHaveLeft(strategy: ListStrategy) throws {
    var request = try resolved(RankRequest(json: JSONScanner.parse(body)))
    request.strategy = strategy
    let looks = Atomic<Int>(0)
    // They leave after the third place of the list.
    request.plan.caller = Caller { looks.wrappingAdd(1, ordering: .relaxed).newValue > 3 }
    #expect(throws: (any Error).self) { try ranker.rank(request) }
    #expect((4...6).contains(looks.load(ordering: .relaxed)))
  }

  /// Of lists under 60 different w, nearly all are the same: 3 of 1,000 differed when measured.
  @Test func lowPrecisionHardlyChangesLists() throws {
    let low = try Ranker(checkpoint: checkpoint, precision: .bfloat16)
    let plain = try RankRequest(json: JSONScanner.parse(body))
    let encoded = ranker.encode(plain)
    let same = (0..<60).count { number in
      let raw = (0..<4).map { Float(1 + (number * 7 + 5 * $0 * $0) % 11) }
      let w = raw.map { $0 / raw.reduce(0, +) }
      return low.decide(plain, encoded, weights: w).items
        == ranker.decide(plain, encoded, weights: w).items
    }
    #expect(same >= 57)
  }

  /// Evaluators look at the listed items only, so the others need not be encoded.
  @Test func utilitiesAreThoseOfTheWholeRequest() throws {
    let folder = try CheckpointReader(path: checkpoint)
    let schema = try folder.section("schema", as: FittedSchema.self)
    let objectives = try folder.section("objectives", as: ObjectiveSet.self)
    let evaluators = try EvaluatorEnsemble(folder, layout: schema.layout)
    let request = try resolved(RankRequest(json: JSONScanner.parse(body)))
    let encoded = ranker.encode(request)
    for list in [[3, 1, 4, 15, 9, 2, 6, 5, 35, 8], [39, 0], Array(20..<35)] {
      let predictions = evaluators.predict(
        RequestBatch([encoded]), ListBatch([list]), feedback: objectives.feedback, pessimism: 0)
      let whole = objectives.utilities(
        of: list, columns: encoded.columns, predictions: predictions[0])
      for (a, b) in zip(ranker.utilities(of: list, encoded), whole) {
        // Sums of other numbers of rows may be taken in another order.
        #expect(abs(a - b) <= 1e-5 * max(1, abs(b)))
      }
    }
  }

  @Test func answersAreCompactJSONThatSaysAll() throws {
    let request = try resolved(RankRequest(json: JSONScanner.parse(body)))
    var response = try ranker.rank(request)
    for id in [nil, "r\"1\n", "é"] {
      response.requestID = id
      response.tookMilliseconds = 1.23456
      let json = try JSONScanner.parse(response.serialized)
      #expect(response.serialized == json.serialized())
      #expect(json["request_id"]?.string == id && json["took_ms"] == 1.235)
      #expect(json["items"]?.array?.map { $0["id"]?.string } == response.items.map(\.id))
      #expect(json["weights"]?.members?.map(\.key) == response.weights.map(\.name))
      #expect(
        json["utilities"]?.members?.map(\.value.number) == response.utilities.map(\.value))
      #expect(json["reward"]?.number == response.reward)
    }
    let empty = RankResponse(
      items: [.init(id: "\\", index: 1, position: 1, logProbability: -.infinity)], weights: [],
      utilities: [], reward: -0.0, model: "", version: "")
    #expect(
      String(decoding: empty.serialized, as: UTF8.self)
        == #"{"items":[{"id":"\\","index":1,"position":1,"log_probability":null}],"weights":{},"#
        + #""utilities":{},"reward":-0,"model":"","version":"","source":"greedy","#
        + #""pool":{"lists":1,"judged":1},"took_ms":0}"#)
  }
}
