import ConfigurationFields
import Foundation
import JSON
import ListPolicy
import Serving
import Sessions
import Steering
import Testing

/// What requests may ask of the channels of a mixed feed, and what controllers add.
@Suite struct ChannelRequestTests {
  private static let channel = FeedChannelDescription(
    name: "ad", flag: "is_ad", bounds: ChannelBounds(gap: 4, first: 2, minimum: 0, price: 0),
    viewDecay: 0.9)

  /// Knows one channel, and answers with its items in order.
  private struct MixingRanker: ListRanker {
    var description: ModelDescription {
      var description = FakeRanker().description
      description.channels = [channel]
      return description
    }

    func rank(_ request: RankRequest) throws -> RankResponse {
      var response = try FakeRanker().rank(request)
      // The price, for the test to see it.
      response.reward = request.channels["ad"]?.price
      return response
    }
  }

  private func read(_ channels: JSONValue) throws(FieldError) -> RankRequest {
    try RankRequest(json: body(4, [("channels", channels)]))
  }

  private func pointer(_ channels: JSONValue) -> String? {
    do {
      _ = try read(channels)
      return nil
    } catch {
      return error.pointer
    }
  }

  @Test func theLimitsOfAChannelAreRead() throws {
    let request = try read([
      "ad": ["gap": 3, "first": 1, "minimum": 1, "maximum": 2, "share": 0.2, "price": -0.5],
      "video": [:],
    ])
    #expect(
      request.channels == [
        "ad": ChannelBounds(
          gap: 3, first: 1, minimum: 1, maximum: 2, share: 0.2, price: -0.5),
        "video": ChannelBounds(),
      ])
  }

  @Test func wrongLimitsAreNamed() {
    #expect(pointer(["ad": ["gap": 0]]) == "/channels/ad/gap")
    #expect(pointer(["ad": ["first": 1.5]]) == "/channels/ad/first")
    #expect(pointer(["ad": ["share": 1.2]]) == "/channels/ad/share")
    #expect(pointer(["ad": ["minimum": 3, "maximum": 2]]) == "/channels/ad/minimum")
    #expect(pointer(["ad": ["price": "high"]]) == "/channels/ad/price")
    #expect(pointer(["ad": ["max": 2]]) == "/channels/ad/max")
    #expect(pointer(["a/d": 3]) == "/channels/a~1d")
    #expect(pointer([1]) == "/channels")
  }

  @Test func onlyChannelsOfTheModelCanBeAsked() throws {
    let request = try read(["card": [:]])
    for (model, known) in [
      (FakeRanker().description, "no channels"), (MixingRanker().description, "ad"),
    ] {
      do {
        _ = try request.resolved(for: model, ServingConfiguration())
        Issue.record("a channel that the model does not have was taken")
      } catch {
        #expect(error.faults.map(\.pointer) == ["/channels/card"])
        #expect(error.faults[0].detail.contains(known))
      }
    }
  }

  @Test func theModelSaysItsChannels() {
    let json = MixingRanker().description.json
    #expect(
      json["channels"]
        == [
          ["name": "ad", "flag": "is_ad", "gap": 4, "first": 2, "minimum": 0, "price": 0]
        ])
    #expect(FakeRanker().description.json["channels"] == nil)
  }

  @Test func aControllerMovesThePriceButForRequestsThatNameOne() throws {
    var configuration = ServingConfiguration()
    var controller = ShareControllerConfiguration(channel: "ad", target: 0.1)
    controller.minimum = 0.25
    configuration.steering.controllers = [controller]
    func price(_ more: [(String, JSONValue)]) throws -> Double? {
      var price: Double?
      let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("channels-\(UUID().uuidString).jsonl").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      let line: String = body(4, more).serialized()
      try Data(line.utf8).write(to: URL(fileURLWithPath: path))
      let counts = try rankLines(
        try LineReader(path: path), ranker: MixingRanker(), configuration: configuration
      ) { bytes in
        price = try JSONScanner.parse(bytes)["reward"]?.number
      }
      #expect(counts == LineCounts(ranked: 1))
      return price
    }
    #expect(try price([]) == 0.25)
    #expect(try price([("weights", ["click": 1])]) == 0.25)
    #expect(try price([("channels", ["ad": ["price": 2]])]) == 2)
  }

  @Test func controllersOfUnknownChannelsAreRefused() {
    var configuration = ServingConfiguration()
    configuration.steering.controllers = [
      ShareControllerConfiguration(channel: "card", target: 0.1)
    ]
    let faults = configuration.steering.faults(objectives: ["click"], channels: ["ad"])
    #expect(faults.map(\.key) == ["controllers.0.channel"])
    var both = ShareControllerConfiguration(channel: "ad", target: 0.1)
    both.objective = "click"
    #expect(both.faultsBetweenKeys().map(\.expected).contains("either objective or channel"))
  }
}
