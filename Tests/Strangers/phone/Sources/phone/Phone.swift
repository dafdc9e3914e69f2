import FaderRanking
import Foundation
import ModelExport
import Sessions

/// A phone's session: pages of candidates come with the rows of their embeddings, and after every item
/// that was watched the phone decides anew what comes next.
///
///     phone DEVICE SERVER SESSIONS
@main
struct Phone {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      print("usage: phone DEVICE-CHECKPOINT EMBEDDINGS SESSIONS")
      exit(64)
    }
    var writer = try ListWriter(checkpoint: arguments[1])
    let server = try EmbeddingServer([arguments[2]])
    print(
      "objectives: \(writer.objectives.joined(separator: ", ")); rows travel: \(writer.needsRows)")
    let weights = Dictionary(uniqueKeysWithValues: writer.objectives.map { ($0, 1.0) })
    var reader = try SessionReader(path: arguments[3])
    var (decisions, changed, items) = (0, 0, 0)
    var seconds: [Double] = []
    var own: [Session] = []
    while let session = try reader.next() {
      own.append(session)
      let page = session.request
      writer.forgetRows()
      try writer.take(
        try server.rows(for: page.candidates + page.history.map(\.item), model: writer.model))
      let size = min(10, page.candidates.count)
      let planned = try writer.list(for: page, size: size, weights: weights)
      var left = page
      for slot in 0..<size {
        let begin = ContinuousClock.now
        let next = try writer.list(
          for: left, size: min(size - slot, left.candidates.count), weights: weights, decided: 1)[0]
        seconds.append((ContinuousClock.now - begin) / .seconds(1))
        decisions += 1
        let item = left.candidates[next]
        if item.id != page.candidates[planned[slot]].id { changed += 1 }
        items += 1
        // Every third item is liked, so that there is something to learn from.
        left.candidates.remove(at: next)
        left.history.append(
          Behaviour(
            type: Behaviour.exposure, time: session.time + 3 * Double(slot), item: item,
            position: slot + 1,
            action: slot % 3 == 0
              ? ["click": .flag(true), "like": .flag(true), "has_next": .flag(true)]
              : ["has_next": .flag(true)]))
      }
    }
    seconds.sort()
    let median = 1000 * seconds[seconds.count / 2]
    let slow = 1000 * seconds[seconds.count * 99 / 100]
    print(
      "\(decisions) decisions; \(changed) of \(items) items are not those of the page's first list")
    print(
      "a decision takes \(String(format: "%.2f", median)) ms, \(String(format: "%.2f", slow)) at P99"
    )
    let slice = try writer.fittedSlice(own)
    print(
      "a slice of its own: \(slice.map { "\($0.count) bytes" } ?? "none, the shared model does as well")"
    )
    print("peak memory: \(peakMemory()) MB")
  }

  /// Of the process, in MB; 0 where the system does not say.
  static func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
  }
}
