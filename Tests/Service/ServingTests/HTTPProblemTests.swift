import Foundation
import JSON
import Logging
import RandomStreams
import Serving
import Sessions
import Testing

extension HTTPTests {
  @Suite struct Problems {
    @Test func malformedJSONSaysWhere() async throws {
      try await withServer { client in
        let reply = try await client.rerank(Array(#"{"items": [}"#.utf8))
        #expect(reply.status == 400)
        #expect(reply.headers["content-type"] == "application/problem+json")
        #expect(reply.json["byte_offset"] == 11)
        #expect(reply.json["status"] == 400)
        #expect(reply.json["type"] == "urn:fader:problem:malformed-json")
        #expect(reply.json["title"]?.string?.isEmpty == false)
        #expect(reply.json["request_id"]?.string == reply.headers["x-request-id"])
        #expect(try await client.rerank([]).status == 400)
      }
    }

    @Test func wrongFieldsAreUnprocessableWithTheirPointer() async throws {
      try await withServer { client in
        let text = #"{"items":[{"id":"a","features":{"price":{"x":1}}}]}"#
        let reply = try await client.rerank(Array(text.utf8))
        #expect(reply.status == 422)
        #expect(reply.json["pointer"] == "/items/0/features/price")
        #expect(reply.pointers == ["/items/0/features/price"])
      }
    }

    @Test func unknownWeightsListTheKnownNames() async throws {
      try await withServer { client in
        let reply = try await client.rerank(body(4, [("weights", ["clicks": 1])]))
        #expect(reply.status == 422)
        #expect(reply.json["pointer"] == "/weights/clicks")
        #expect(reply.json["detail"]?.string?.contains("click, cold_start") == true)
      }
    }

    @Test func allContradictionsAreListed() async throws {
      try await withServer { client in
        let pins: JSONValue = [["id": "x", "position": 9]]
        let reply = try await client.rerank(body(4, [("size", 5), ("pins", pins)]))
        #expect(reply.status == 422)
        #expect(reply.pointers == ["/size", "/pins/0/id", "/pins/0/position"])
      }
    }

    @Test func theModelsOwnRefusalIsTheCallersFault() async throws {
      try await withServer { client in
        let request = Array(#"{"user":{"id":"refused"},"items":[{"id":"a"}]}"#.utf8)
        let reply = try await client.rerank(request)
        #expect(reply.status == 422)
        #expect(reply.json["pointer"] == "/user")
      }
    }

    @Test func failuresAreServedTheFallbackAndToldToTheLogOnly() async throws {
      let log = RecordingLog()
      try await withServer(logger: log.logger) { client in
        let request = Array(#"{"user":{"id":"breaks"},"items":[{"id":"a"}]}"#.utf8)
        let reply = try await client.rerank(request)
        #expect(reply.status == 200)
        #expect(reply.json["fallback"] == ["reason": "failure"])
        #expect(reply.json["items"]?.array?.count == 1)
        #expect(!reply.text.contains("Broken"))
        #expect(try await client.rerank(body()).status == 200)
        let line = try #require(log.lines.first { $0.metadata["fallback"] == "failure" })
        #expect(line.level == .error)
        #expect(line.metadata["fault"]?.contains("Broken") == true)
        #expect(line.metadata["request_id"] == reply.json["request_id"]?.string)
      }
    }

    @Test func unknownPathsAndMethods() async throws {
      try await withServer { client in
        for path in ["/v1", "/v1/rerank/", "/other", "/v1/rerank/x"] {
          #expect(try await client.get(path).status == 404)
        }
        let get = try await client.get("/v1/rerank")
        #expect(get.status == 405)
        #expect(get.headers["allow"] == "POST")
        let post = try await client.send("POST", "/v1/model", body: [])
        #expect(post.status == 405)
        #expect(post.headers["allow"] == "GET, HEAD")
        #expect(try await client.send("DELETE", "/metrics").status == 405)
      }
    }

    @Test func onlyJSONIsTaken() async throws {
      try await withServer { client in
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "?"] {
          let reply = try await client.rerank(body(), headers: ["Content-Type": type])
          #expect(reply.status == 415)
          #expect(reply.headers["accept-post"] == "application/json")
        }
        for type in ["application/json; charset=utf-8", "application/x+json", "APPLICATION/JSON"] {
          #expect(try await client.rerank(body(), headers: ["Content-Type": type]).status == 200)
        }
        let packed = try await client.rerank(body(), headers: ["Content-Encoding": "br"])
        #expect(packed.status == 415)
        #expect(packed.headers["accept-encoding"] == "gzip, deflate")
      }
    }

    @Test func largeBodiesAreRefused() async throws {
      try await withServer(maximumBodyBytes: 1000) { client in
        #expect(try await client.rerank(body(4)).status == 200)
        let reply = try await client.rerank(body(40))
        #expect(reply.status == 413)
        #expect(reply.json["detail"]?.string?.contains("1000 bytes") == true)
        #expect(try await client.rerank(body(4)).status == 200)
        // Without a declared length and without a content type, as curl can send it.
        let head = ["-H", "Transfer-Encoding: chunked", "-H", "Content-Type:"]
        #expect(try curl(client.port, head, body(40)) == "413")
        #expect(try curl(client.port, head, body(4)) == "200")
      }
    }

    @Test func mutatedBodiesNeverHurtTheServer() async throws {
      try await withServer { client in
        let pins: JSONValue = [["id": "i1", "position": 1]]
        let good: [UInt8] = body(
          5, [("size", 3), ("weights", ["click": 0.5]), ("pins", pins), ("ban", ["i0"])]
        ).serialized()
        for seed in 0..<500 as Range<UInt64> {
          var stream = RandomStream(seed: seed, "mutation")
          let reply = try await client.rerank(mutate(good, &stream))
          #expect([200, 400, 422].contains(reply.status), "seed \(seed): \(reply.text)")
          #expect(reply.json["request_id"] != nil)
        }
        #expect(try await client.rerank(good).status == 200)
      }
    }
  }
}

private func mutate(_ bytes: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
  var bytes = bytes
  let alphabet = Array("{}[]\",:0129-+.eE\\ untrfalsi/\u{1}é\u{7f}".utf8)
  for _ in 0...stream.below(4) where !bytes.isEmpty {
    let at = stream.below(bytes.count)
    switch stream.below(5) {
    case 0: bytes[at] = alphabet[stream.below(alphabet.count)]
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(alphabet[stream.below(alphabet.count)], at: at)
    case 3: bytes[at] = UInt8(stream.below(256))
    default:
      let end = min(bytes.count, at + stream.below(20))
      bytes.insert(contentsOf: bytes[at..<end], at: stream.below(bytes.count))
    }
  }
  return bytes
}

/// The status that curl got.
private func curl(_ port: Int, _ options: [String], _ json: JSONValue) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments =
    ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}"] + options
    + ["--data-binary", json.serialized(), "http://127.0.0.1:\(port)/v1/rerank"]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
