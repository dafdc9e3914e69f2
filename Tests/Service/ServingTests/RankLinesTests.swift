import Foundation
import JSON
import Serving
import Sessions
import Testing

private func rank(
  _ lines: [String], by ranker: any ListRanker = FakeRanker()
) throws -> (out: [JSONValue], counts: LineCounts) {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("rank-\(UUID().uuidString).jsonl").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
  var out: [JSONValue] = []
  let counts = try rankLines(try LineReader(path: path), ranker: ranker) {
    out.append(try JSONScanner.parse($0))
  }
  return (out, counts)
}

@Suite struct RankLinesTests {
  @Test func aBadLineStopsNothing() throws {
    let good: String = body(3, [("request_id", "r")]).serialized()
    let broken: String = JSONValue.object([
      (key: "user", value: ["id": "breaks"]), (key: "items", value: [["id": "a"]]),
    ]).serialized()
    let (out, counts) = try rank([good, "{", "", #"{"items":[]}"#, broken, "  ", good])
    #expect(counts == LineCounts(ranked: 2, refused: 2, failed: 1))
    #expect(out.count == 5)
    #expect(out.first?["request_id"] == "r")
    #expect(out.last?["items"]?.array?.count == 3)
    #expect(out.map { $0["line"]?.number } == [nil, 2, 4, 5, nil])
    #expect(out.map { $0["status"]?.number } == [nil, 400, 422, 500, nil])
    #expect(out[2]["pointer"] == "/items")
  }

  @Test func linesWithoutAnIdDrawEachForThemselves() throws {
    let ranker = try Quickstart.ranker()
    let request = try JSONScanner.parse(try Quickstart.body())
    let members = (request.members ?? []).filter { $0.key != "request_id" }
    let line: String = JSONValue.object(
      members + [(key: "strategy", value: ["kind": "sample", "lists": 1])]
    ).serialized()
    let lists = try rank([String](repeating: line, count: 6), by: ranker).out.map { $0["items"] }
    #expect(Set(lists.map { "\($0 ?? .null)" }).count > 1)
    #expect(
      try rank([String](repeating: line, count: 6), by: ranker).out.map { $0["items"] } == lists)
  }

  @Test func anEmptyFileGivesNothing() throws {
    let (out, counts) = try rank([])
    #expect(out.isEmpty)
    #expect(counts == LineCounts())
  }
}
