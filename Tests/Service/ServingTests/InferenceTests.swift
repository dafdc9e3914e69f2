import Foundation
import JSON
import Serving
import Sessions
import Testing

extension HTTPTests {
  /// The Open Inference Protocol as its clients speak it.
  @Suite struct Inference {
    private let text: String = body(3, [("size", 2)]).serialized()

    private func infer(
      _ client: Client, _ tensor: [(key: String, value: JSONValue)],
      _ more: [(key: String, value: JSONValue)] = [], name: String = "fake", tail: [UInt8] = []
    ) async throws -> Reply {
      let input = JSONValue.object([("name", "request"), ("datatype", "BYTES")] + tensor)
      let json: [UInt8] = JSONValue.object([("inputs", [input])] + more).serialized()
      let headers =
        tail.isEmpty
        ? ["Content-Type": "application/json"]
        : [
          "Content-Type": "application/octet-stream",
          "Inference-Header-Content-Length": "\(json.count)",
        ]
      return try await client.send(
        "POST", "/v2/models/\(name)/infer", body: json + tail, headers: headers)
    }

    /// A text behind its length.
    private func bytes(_ text: String) -> [UInt8] {
      let length = text.utf8.count
      return [UInt8(length & 255), UInt8(length >> 8), 0, 0] + text.utf8
    }

    @Test func tensorsMayBeNestedAndKeepTheirShape() async throws {
      try await withServer { client in
        let one = JSONValue.string(text)
        for (shape, data) in [
          ([2], [one, one]), ([2, 1], [[one], [one]]), ([1, 2], [one, one]),
        ] as [(JSONValue, JSONValue)] {
          let reply = try await infer(client, [("shape", shape), ("data", data)])
          #expect(reply.status == 200)
          let output = try #require(reply.json["outputs"]?.array?.first)
          #expect(output["shape"] == shape && output["data"]?.array?.count == 2)
        }
        for (shape, data) in [
          ([3], [one, one]), ([2, 2], [one]), ([-1], [one]), ([0], []), ([1], [7]),
        ] as [(JSONValue, JSONValue)] {
          let reply = try await infer(client, [("shape", shape), ("data", data)])
          #expect(reply.status == 400 && reply.json["error"]?.string != nil)
        }
      }
    }

    @Test func tensorsMayBeBytesBehindTheJSON() async throws {
      try await withServer { client in
        let tail = bytes(text) + bytes("{")
        let size = JSONValue.number(Double(tail.count))
        let reply = try await infer(
          client, [("shape", [2]), ("parameters", ["binary_data_size": size])],
          [("outputs", [["name": "response", "parameters": ["binary_data": true]]])], tail: tail)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/octet-stream")
        let length = try #require(
          reply.headers["inference-header-content-length"].flatMap { Int($0) })
        let json = try JSONScanner.parse(Array(reply.bytes[..<length]))
        let output = try #require(json["outputs"]?.array?.first)
        #expect(output["data"] == nil)
        let behind = Double(reply.bytes.count - length)
        #expect(output["parameters"]?["binary_data_size"]?.number == behind)
        let first = reply.bytes[length...].prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        let answer = try JSONScanner.parse(Array(reply.bytes[(length + 4)...].prefix(first)))
        #expect(answer["items"]?.array?.count == 2)
        for wrong in [tail.count - 1, tail.count + 1] {
          let size = JSONValue.number(Double(wrong))
          let reply = try await infer(
            client, [("shape", [2]), ("parameters", ["binary_data_size": size])], tail: tail)
          #expect(reply.status == 400)
        }
        let cut = try await infer(
          client, [("shape", [1]), ("parameters", ["binary_data_size": 3])], tail: [9, 0, 0])
        #expect(cut.status == 400)
      }
    }

    @Test func theModelHasTheNameOfTheConfiguration() async throws {
      try await withServer(configured: adjusted { $0.modelName = "feed one" }) { client in
        #expect(try await client.rerank(body()).json["model"] == "feed one")
        #expect(try await client.get("/v1/model").json["name"] == "feed one")
        #expect(try await client.get("/v2/models/fake").status == 404)
        #expect(try await client.get("/v2/models/feed%20one/").json["name"] == "feed one")
        let tensor: [(key: String, value: JSONValue)] = [
          ("shape", [1]), ("data", [.string(text)]),
        ]
        let good = try await infer(
          client, tensor, [("model_name", "feed one"), ("id", "")], name: "feed%20one")
        #expect(good.status == 200 && good.json["model_name"] == "feed one")
        let other = try await infer(client, tensor, [("model_name", "fake")], name: "feed%20one")
        #expect(other.status == 400)
      }
    }

    @Test func outputsThatThereAreNotAreRefused() async throws {
      try await withServer { client in
        let reply = try await infer(
          client, [("shape", [1]), ("data", [.string(text)])], [("outputs", [["name": "scores"]])])
        #expect(reply.status == 400)
        #expect(reply.json["error"]?.string?.contains("/outputs/0/name") == true)
      }
    }

    @Test func everyListOfABatchIsCountedAndLogged() async throws {
      let log = RecordingLog()
      try await withServer(logger: log.logger) { client in
        let one = JSONValue.string(text)
        _ = try await infer(client, [("shape", [3]), ("data", [one, "{", one])])
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_lists_total{source=\"greedy\"} 2\n"))
        #expect(metrics.contains("fader_listed_items_total 4\n"))
        #expect(metrics.contains("fader_stage_duration_seconds_count{stage=\"parse\"} 2\n"))
        let status = try await client.get("/v1/status").json
        #expect((status["latency_ms"]?["p50"]?.number ?? 0) > 0)
        let lines = log.lines.filter { $0.message == "ranking" }
        #expect(lines.map { $0.metadata["listed"] } == ["2", nil, "2"])
        let whole = try #require(log.lines.first { $0.metadata["route"] == "/v2" })
        #expect(whole.metadata["rankings"] == "3" && whole.metadata["listed"] == "4")
        #expect(lines[2].metadata["request_id"] == (whole.metadata["request_id"] ?? "") + "-2")
      }
    }

    @Test func probesAreOpenAndRefusalsAreInTheProtocolsForm() async throws {
      let file = try Quickstart.folder() + "/keys"
      try "first-key".write(toFile: file, atomically: true, encoding: .utf8)
      try await withServer(configured: adjusted { $0.keys = KeysConfiguration(file: file) }) {
        client in
        #expect(try await client.get("/v2/health/live").status == 200)
        #expect([200, 503].contains(try await client.get("/v2/health/ready").status))
        let closed = try await client.get("/v2/models/fake")
        #expect(closed.status == 401 && closed.json["error"]?.string != nil)
      }
    }
  }
}
