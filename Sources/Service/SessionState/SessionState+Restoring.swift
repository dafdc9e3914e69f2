import EventIngest
import Foundation
import JSON
package import Sessions

extension SessionState {
  /// What was read of a log.
  package struct Restored: Sendable, Equatable {
    package var rankings = 0
    package var interactions = 0
    /// Lines that are no events, such as one that was cut off when a process ended.
    package var skipped = 0

    package init(rankings: Int = 0, interactions: Int = 0, skipped: Int = 0) {
      self.rankings = rankings
      self.interactions = interactions
      self.skipped = skipped
    }
  }

  /// Makes the histories again of what a service logged, after a restart.
  ///
  /// - Parameters:
  ///   - folder: of the event log.
  ///   - now: seconds since 1970; files that were last written before the window are not read.
  package func restore(fromLog folder: String, now: Double) throws(FileError) -> Restored {
    let manager = FileManager.default
    let files = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
      name.hasSuffix(".jsonl") && (name.hasPrefix("decisions-") || name.hasPrefix("feedback-"))
    }.sorted()
    var restored = Restored()
    var events: [(time: Double, event: LogEvent)] = []
    for file in files {
      let path = "\(folder)/\(file)"
      let attributes = try? manager.attributesOfItem(atPath: path)
      let written = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? now
      guard written >= now - window else { continue }
      var lines = try LineReader(path: path)
      while let line = try lines.next() {
        guard let json = try? JSONScanner.parse(line), let event = try? LogEvent(json: json) else {
          restored.skipped += 1
          continue
        }
        switch event {
        case .ranking(let ranking): events.append((ranking.time, event))
        case .interaction(let interaction): events.append((interaction.time, event))
        case .item, .user: break
        }
      }
    }
    // Lists before what was done with them, where both have one time.
    let sorted = events.enumerated().sorted {
      ($0.element.time, $0.element.event.order, $0.offset)
        < ($1.element.time, $1.element.event.order, $1.offset)
    }
    for (_, element) in sorted where element.time >= now - window {
      switch element.event {
      case .ranking(let ranking):
        show(ranking.shown, in: ranking.id, to: ranking.user, at: ranking.time)
        restored.rankings += 1
      case .interaction(let interaction):
        restored.interactions += add([interaction])
      case .item, .user: break
      }
    }
    return restored
  }
}

extension LogEvent {
  fileprivate var order: Int {
    if case .ranking = self { return 0 }
    return 1
  }
}

extension RankingEvent {
  /// The items that were shown, from the top down.
  fileprivate var shown: [Candidate] {
    items.filter { $0.position != nil }.sorted { ($0.position ?? 0) < ($1.position ?? 0) }
      .map(\.candidate)
  }
}
