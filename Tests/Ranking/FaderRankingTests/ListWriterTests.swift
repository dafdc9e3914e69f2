import FaderRanking
import Foundation
import Sessions
import Testing

@Suite struct ListWriterTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func writer() throws -> ListWriter {
    try ListWriter(checkpoint: Self.root.appendingPathComponent("checkpoints/quickstart").path)
  }

  private func request() throws -> Request {
    var reader = try SessionReader(
      path: Self.root.appendingPathComponent("data/feed/sessions.jsonl").path)
    return try #require(try reader.next()).request
  }

  @Test func listsFollowTheWeightsAndHoldTheConstraints() throws {
    let writer = try writer()
    let request = try request()
    let clicks = try writer.list(for: request, size: 8, weights: ["click": 1])
    let cold = try writer.list(for: request, size: 8, weights: ["cold_start": 3])
    #expect(Set(clicks).count == 8 && Set(cold).count == 8 && clicks != cold)
    let pinned = try writer.list(
      for: request, size: 8, weights: ["click": 1], pins: [2: 5], bans: [clicks[0]])
    #expect(pinned[2] == 5 && !pinned.contains(clicks[0]))
  }

  @Test func whatNoListCanMeetIsAnError() throws {
    let writer = try writer()
    let request = try request()
    let error = #expect(throws: ListWriterError.self) {
      try writer.list(for: request, size: 3, weights: ["click": 1], pins: [0: 1, 1: 1])
    }
    #expect(error?.description.contains("pins [\"0: 1\", \"1: 1\"]") ?? false)
    #expect(throws: (any Error).self) {
      try writer.list(for: request, size: 3, weights: ["clicks": 1])
    }
    #expect(throws: (any Error).self) { try ListWriter(checkpoint: "nowhere") }
  }
}
