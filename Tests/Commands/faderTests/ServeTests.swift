import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

@Suite struct ServeTests {
  @Test func theServerAnswersUntilItIsToldToStop() async throws {
    let scratch = try TinyRun.shared.get()
    let server = try Binary.start(
      ["serve", "--checkpoint", "run", "--port", "0", "--set", "serving.deadline_ms=0"], in: scratch
    )
    defer { server.process.terminate() }
    server.wait { Self.address(server.errorText) != nil }
    let address = try #require(Self.address(server.errorText))

    var call = URLRequest(url: try #require(URL(string: "\(address)/v1/rerank")))
    call.httpMethod = "POST"
    call.setValue("application/json", forHTTPHeaderField: "Content-Type")
    call.httpBody = Data(try CheckpointTests.request(scratch).utf8)
    let (body, response) = try await URLSession.shared.data(for: call)
    #expect((response as? HTTPURLResponse)?.statusCode == 200)
    let answer = try JSON(String(decoding: body, as: UTF8.self))
    #expect(answer["items"]?.array?.count == 4)

    server.process.terminate()
    #expect(try server.wait().status == 0)
  }

  /// What follows "listening on".
  static func address(_ text: String) -> String? {
    text.firstMatch(of: /listening on (http:\S+)\n/).map { String($0.1) }
  }
}
