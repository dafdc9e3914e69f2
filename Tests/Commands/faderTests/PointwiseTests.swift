import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The family `pointwise` through the same programs as the generator: trained, judged, checkpointed,
/// ranked, served.
@Suite struct PointwiseTests {
  /// A finished run in `pointwise`, beside the files of `TinyRun`; made once.
  private static let shared = Result { () throws -> Scratch in
    let scratch = try Scratch()
    let other = try TinyRun.shared.get()
    for file in ["tiny.yaml", "sessions.jsonl"] { try scratch.write(other.text(file), to: file) }
    let outcome = try Binary.run(train(out: "pointwise"), in: scratch)
    guard outcome.status == 0 else { throw TinyRun.Failure(message: outcome.errors) }
    return scratch
  }

  private static func train(out: String, _ more: [String] = []) -> [String] {
    TinyRun.train(out: out)
      + [
        "family=pointwise", "pointwise.fitting.steps=40", "pointwise.fitting.batch=16",
        "pointwise.encoder={hidden: 16, width: 8, fit: 4}", "training.judge.every=10",
      ].flatMap { ["--set", $0] } + more
  }

  @Test func theBundleSaysTheFamily() throws {
    let scratch = try Self.shared.get()
    let own = try JSON(try Binary.run(["inspect", "pointwise", "--json"], in: scratch).output)
    #expect(own["newest"]?["family"]?.string == "pointwise")
    #expect((own["newest"]?["pointwise"]?["parameters"]?.number ?? 0) > 500)
    #expect(own["newest"]?["pointwise"]?["sizes"]?["encoder"]?["width"]?.number == 8)
    #expect(own["newest"]?["generator"] == nil)
    let configuration = try scratch.text("pointwise/config.yaml")
    #expect(
      configuration.contains("family: pointwise") && !configuration.contains("item_hidden: 128"))
    #expect(
      try scratch.text("pointwise/checkpoints/best/MODEL_CARD.md").contains("- Pointwise ranker: "))
    #expect(try scratch.text("pointwise/metrics.jsonl").contains("\"pointwise.judge_gain\""))
  }

  @Test func itIsJudgedLikeAnyOther() throws {
    let scratch = try Self.shared.get()
    let outcome = try Binary.run(
      ["evaluate", "--checkpoint", "pointwise", "--requests", "60", "--json"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSON(outcome.output)
    #expect((report["better_percentage"]?["mean"]?.number ?? 0) > 0.3)
    #expect((report["probes"]?.array?.count ?? 0) > 1)
  }

  @Test func rankKeepsPinsBansAndWhatIsRequiredWhateverTheStrategy() throws {
    let scratch = try Self.shared.get()
    let plain = try CheckpointTests.request(scratch)
    let ids = try JSON(plain)["items"]?.array?.compactMap { $0["id"]?.string } ?? []
    try #require(ids.count == 12)
    let rules =
      #","pins":[{"id":"\#(ids[7])","position":2}],"ban":["\#(ids[0])","\#(ids[1])"],"require":["\#(ids[5])"]}"#
    let requests = ["greedy", "sample", "beam"].map { strategy in
      plain.dropLast() + #","strategy":"\#(strategy)""# + rules
    }
    let outcome = try Binary.run(
      ["rank", "--checkpoint", "pointwise", "--weights", "shops=1,click=1"],
      input: requests.joined(separator: "\n") + "\n", in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answers = try outcome.output.split(separator: "\n").map { try JSON(String($0)) }
    #expect(answers.count == 3)
    for answer in answers {
      let items = answer["items"]?.array ?? []
      let listed = items.compactMap { $0["id"]?.string }
      #expect(listed.count == 4 && Set(listed).count == 4 && listed[1] == ids[7])
      #expect(!listed.contains(ids[0]) && !listed.contains(ids[1]) && listed.contains(ids[5]))
      #expect(items.allSatisfy { $0["log_probability"] == nil && $0["propensity"] == nil })
      // One list is all that the policy has to give, and the answer says so.
      #expect(answer["source"]?.string == "greedy")
      #expect(answer["items"] == answers[0]["items"])
    }
  }

  /// Nearly all weight on distinct shops gives more of them than all weight on clicks.
  @Test func itIsSteeredByW() throws {
    let scratch = try Self.shared.get()
    func utility(_ weights: String) throws -> Double {
      let outcome = try Binary.run(
        ["rank", "--checkpoint", "pointwise", "--weights", weights],
        input: try CheckpointTests.request(scratch) + "\n", in: scratch)
      return try JSON(outcome.output)["utilities"]?["shops"]?.number ?? -1
    }
    #expect(try utility("shops=1") == 1)
    #expect(try utility("shops=1") >= utility("click=1"))
  }

  @Test func itIsServed() async throws {
    let scratch = try Self.shared.get()
    let server = try Binary.start(
      ["serve", "--checkpoint", "pointwise", "--port", "0", "--set", "serving.deadline_ms=0"],
      in: scratch)
    defer { server.process.terminate() }
    server.wait { ServeTests.address(server.errorText) != nil }
    let address = try #require(ServeTests.address(server.errorText))
    var request = URLRequest(
      url: try #require(URL(string: "\(address)/v1/rerank")))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(try CheckpointTests.request(scratch).utf8)
    let (data, response) = try await URLSession.shared.data(for: request)
    #expect((response as? HTTPURLResponse)?.statusCode == 200)
    let answer = try JSON(String(decoding: data, as: UTF8.self))
    #expect(answer["items"]?.array?.count == 4)
    server.process.terminate()
    #expect(try server.wait().status == 0)
  }

  @Test func whatNeedsProbabilitiesRefusesIt() throws {
    let scratch = try Self.shared.get()
    let outcome = try Binary.run(["estimate", "--checkpoint", "pointwise"], in: scratch)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("got one of family pointwise"))
  }

  @Test func equalSeedsGiveEqualCheckpoints() throws {
    let scratch = try Self.shared.get()
    let again = try Binary.run(Self.train(out: "again", ["--workers", "1"]), in: scratch)
    #expect(again.status == 0, "\(again.errors)")
    for file in ["model.safetensors", "optimizer.safetensors", "state.json", "bundle.json"] {
      let path = "checkpoints/step-000040/\(file)"
      #expect(
        FileManager.default.contentsEqual(
          atPath: scratch.path("pointwise/\(path)"), andPath: scratch.path("again/\(path)")),
        "\(file)")
    }
  }

  @Test func aRunGoesOnFromItAndNotFromAnotherFamily() throws {
    let scratch = try Self.shared.get()
    let warm = [
      "--from", "pointwise", "--set", "training.warm_start.steps=5", "--set",
      "training.warm_start.epochs=1",
    ]
    let next = try Binary.run(Self.train(out: "next", warm), in: scratch)
    #expect(next.status == 0, "\(next.errors)")
    #expect(scratch.exists("next/checkpoints/step-000005"))
    let other = try Binary.run(
      TinyRun.train(out: "other") + ["--from", "pointwise"], in: scratch)
    #expect(other.status == 78)
    #expect(other.errors.contains("family: expected pointwise, got generator"))
  }

  @Test func anUnknownFamilyIsRefused() throws {
    let scratch = try Self.shared.get()
    let outcome = try Binary.run(
      TinyRun.train(out: "nowhere") + ["--set", "family=listwise"], in: scratch)
    #expect(outcome.status == 78)
    #expect(
      outcome.errors.contains("expected one of generator, pointwise, screen, mixed, got listwise"))
  }
}
