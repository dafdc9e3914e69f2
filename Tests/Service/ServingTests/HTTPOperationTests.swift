import Foundation
import JSON
import Logging
import Serving
import Sessions
import StrictYAML
import Testing

extension HTTPTests {
  @Suite struct Operation {
    @Test func metricsCountWhatHappened() async throws {
      try await withServer { client in
        for _ in 0..<3 { _ = try await client.rerank(body(5, [("size", 2)])) }
        _ = try await client.rerank([])
        _ = try await client.get("/elsewhere?w=0.5")
        let reply = try await client.get("/metrics")
        #expect(reply.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        let samples = try #require(parsed(reply.text))
        #expect(samples[#"fader_requests_total{route="/v1/rerank",status="200"}"#] == 3)
        #expect(samples[#"fader_requests_total{route="/v1/rerank",status="400"}"#] == 1)
        #expect(samples[#"fader_requests_total{route="other",status="404"}"#] == 1)
        #expect(samples[#"fader_request_duration_seconds_count{route="/v1/rerank"}"#] == 4)
        #expect(samples[#"fader_stage_duration_seconds_count{stage="rank"}"#] == 3)
        let last = #"fader_stage_duration_seconds_bucket{stage="rank",le="+Inf"}"#
        #expect(samples[last] == 3)
        #expect(samples["fader_listed_items_total"] == 6)
        #expect(samples["fader_requests_in_flight"] == 1)
        #expect(samples[#"fader_model_info{name="fake",version="1"}"#] == 1)
        #expect(!reply.text.contains("click"))
      }
    }

    @Test func metricsSayWhatTheProcessTakes() async throws {
      try await withServer { client in
        let samples = try #require(parsed(try await client.get("/metrics").text))
        guard FileManager.default.fileExists(atPath: "/proc/self/stat") else { return }
        #expect(samples["process_cpu_seconds_total"] ?? 0 > 0)
        #expect(samples["process_resident_memory_bytes"] ?? 0 > 1e6)
        #expect(samples["process_open_fds"] ?? 0 > 2)
        #expect(samples["process_max_fds"] ?? 0 > samples["process_open_fds"] ?? 0)
        let age = Date().timeIntervalSince1970 - (samples["process_start_time_seconds"] ?? 0)
        #expect((-5..<86_400).contains(age))
      }
    }

    @Test func bucketsAreCumulative() async throws {
      try await withServer { client in
        for _ in 0..<20 { _ = try await client.rerank(body()) }
        let lines = try await client.get("/metrics").text.split(separator: "\n")
        let buckets = lines.filter { $0.contains("bucket{route=\"/v1/rerank\"") }
          .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(buckets.count == 13)
        #expect(buckets == buckets.sorted())
        #expect(buckets.last == 20)
      }
    }

    @Test func everyRequestIsLoggedOnce() async throws {
      let log = RecordingLog()
      try await withServer(logger: log.logger) { client in
        _ = try await client.rerank(body(), headers: ["X-Request-Id": "one"])
        _ = try await client.rerank(Array(#"{"items":[],"a\nb":1}"#.utf8))
        _ = try await client.get("/healthz")
        let lines = log.lines.filter { $0.message == "request" }
        #expect(lines.map { $0.metadata["status"] } == ["200", "422", "200"])
        #expect(lines.allSatisfy { $0.level == .debug })
        #expect(lines.first?.metadata["request_id"] == "one")
        #expect(lines.first?.metadata["route"] == "/v1/rerank")
        #expect(lines.allSatisfy { !"\($0.metadata)".contains("\n") })
      }
    }

    @Test func requestsAreAnsweredSideBySide() async throws {
      try await withServer { client in
        try await withThrowingTaskGroup(of: Int.self) { group in
          for _ in 0..<40 { group.addTask { try await client.rerank(body(50)).status } }
          for try await status in group { #expect(status == 200) }
        }
      }
    }

    @Test func aSignalEndsTheServerAfterOpenRequests() async throws {
      let server = try await TestServer()
      let open = Task {
        try await server.client.rerank(Array(#"{"user":{"id":"slow"},"items":[{"id":"a"}]}"#.utf8))
      }
      try await Task.sleep(for: .milliseconds(200))
      kill(ProcessInfo.processInfo.processIdentifier, SIGTERM)
      try await server.ended()
      #expect(try await open.value.status == 200)
      await #expect(throws: (any Error).self) { try await server.client.get("/healthz") }
    }

    @Test func aBodyThatNeverEndsDoesNotOutliveTheGrace() async throws {
      let server = try await TestServer { $0.shutdownGraceSeconds = 0.3 }
      let upload = Process()
      upload.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let url = "http://127.0.0.1:\(server.client.port)/v1/rerank"
      upload.arguments = ["curl", "-sS", "-X", "POST", "-T", "-", "-o", "/dev/null", url]
      let input = Pipe()
      upload.standardInput = input
      upload.standardError = FileHandle.nullDevice
      try upload.run()
      try input.fileHandleForWriting.write(contentsOf: Data("{".utf8))
      try await Task.sleep(for: .milliseconds(300))
      let start = ContinuousClock.now
      kill(ProcessInfo.processInfo.processIdentifier, SIGTERM)
      try await server.ended()
      let took = ContinuousClock.now - start
      #expect(took > .milliseconds(200) && took < .seconds(20))
      try input.fileHandleForWriting.close()
      upload.waitUntilExit()
    }

    @Test func aTakenPortIsNamed() async throws {
      let first = try await TestServer()
      let port = first.client.port
      await #expect(throws: ListeningError.self) { try await TestServer { $0.port = port } }
      try await first.stop()
    }

    @Test func aWrongConfigurationNeverListens() async throws {
      await #expect(throws: ConfigurationErrors.self) {
        try await TestServer { $0.defaultWeights = ["nothing": 1] }
      }
    }
  }
}

/// Samples by name and labels; nil when a line is not what the text format allows.
private func parsed(_ text: String) -> [String: Double]? {
  var samples: [String: Double] = [:]
  var types: Set<Substring> = []
  guard text.hasSuffix("\n") else { return nil }
  for line in text.split(separator: "\n") {
    if line.hasPrefix("# TYPE ") {
      let words = line.split(separator: " ")
      guard words.count == 4, types.insert(words[2]).inserted else { return nil }
      continue
    }
    if line.hasPrefix("# HELP ") { continue }
    guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...])
    else { return nil }
    let name = line[..<space].prefix { $0 != "{" }
    let family = ["_bucket", "_sum", "_count"].reduce(name) {
      $0.hasSuffix($1) && types.contains($0.dropLast($1.count)) ? $0.dropLast($1.count) : $0
    }
    guard types.contains(family), samples.updateValue(value, forKey: String(line[..<space])) == nil
    else { return nil }
  }
  return samples
}

@Test func theMetricsReaderRefusesWhatIsNoMetricsText() {
  #expect(parsed("# TYPE a counter\na 1\n") != nil)
  for text in ["a 1\n", "# TYPE a counter\na 1", "# TYPE a counter\na x\n", "# TYPE a\n"] {
    #expect(parsed(text) == nil)
  }
}
