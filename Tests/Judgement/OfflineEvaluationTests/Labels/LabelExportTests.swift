import Foundation
import OfflineEvaluation
import Sessions
import Tensors
import Testing

@Suite struct LabelExportTests {
  private func lines(
    _ held: [Session], training: [Session]
  ) throws -> [[String: Any]] {
    let schema = try labelSchema(held + training)
    let measurement = LabelMeasurement(
      schema: schema, targets: [LabelMeasurementTests.click])
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fader-labels-\(ProcessInfo.processInfo.processIdentifier).jsonl"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try LabelExport(measurement, method: ByNumber("a", schema)).write(
      held: held, training: training, to: path, workers: Workers(2))
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func everyShownItemHasItsLineAndTheHeadSaysWhatTheNumbersAre() throws {
    let held = plantedLabels(seed: 1, sessions: 3, users: 2)
    let training = plantedLabels(seed: 2, sessions: 4, users: 2)
    let lines = try lines(held, training: training)
    let head = try #require(lines.first)
    let names = try #require(head["numbers"] as? [String])
    #expect(names == ["item.a", "item.cost", "item.noise"])
    #expect(head["kinds"] as? [String] == ["click"] && head["depth"] as? Int == 5)
    let rows = lines.dropFirst()
    #expect(rows.count == 6 * 7)
    #expect(rows.count { $0["split"] as? String == "train" } == 6 * 4)
    for row in rows {
      #expect((row["numbers"] as? [Double])?.count == 3)
      #expect((row["categories"] as? [Int])?.count == 1)
      #expect((row["rank"] != nil) == (row["split"] as? String == "held_out"))
    }
  }

  @Test func rowsOfASessionHoldItsLabelsByPlaceAndThePolicysOrder() throws {
    let held = plantedLabels(seed: 1, sessions: 2, users: 2)
    let rows = try lines(held, training: []).dropFirst()
    for session in held {
      let own = rows.filter { $0["session"] as? String == session.request.id }
      let bySlot = own.sorted { ($0["slot"] as? Int ?? 0) < ($1["slot"] as? Int ?? 0) }
      #expect(
        bySlot.compactMap { ($0["labels"] as? [Float])?.first } == session.feedback["click"])
      #expect(Set(own.compactMap { ($0["rank"] as? [Int])?.first }) == Set(1...6))
      let byRank = own.sorted {
        (($0["rank"] as? [Int])?.first ?? 0) < (($1["rank"] as? [Int])?.first ?? 0)
      }
      let numbers = byRank.compactMap { ($0["numbers"] as? [Double])?.first }
      #expect(numbers == numbers.sorted(by: >))
      #expect(byRank.compactMap { ($0["chosen"] as? [Int])?.first } == [1, 1, 1, 0, 0, 0])
    }
  }
}
