import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing
import Worlds

/// The world is worth learning: the log is decent and beatable, and lists are more than items.
@Suite struct FeedWorldBalanceTests {
  struct Row {
    var label: String
    var utilities: [Float]
    var dwell: Float
  }

  /// Mean true utilities over the first requests: logged, random, pointwise, best known list.
  static let table: [Row] = {
    let world = FeedWorld((try? JSONDecoder().decode(FeedWorldConfiguration.self, from: Data((ProcessInfo.processInfo.environment["TUNE"] ?? "{}").utf8))) ?? FeedWorldConfiguration())
    guard let set = try? ObjectiveSet(FeedWorld.objectives) else { return [] }
    let requests = 150
    var rows = ["logged", "random", "pointwise", "best"].map {
      Row(label: $0, utilities: [Float](repeating: 0, count: set.count), dwell: 0)
    }
    for index in 0..<requests {
      let session = world.session(index)
      let truth = world.truth(for: session.request)
      let search = ListSearch(truth: truth)
      var stream = RandomStream(seed: 3, "balance", request: UInt64(index))
      let pointwise = search.pointwise(10)
      let random = Array(stream.permutation(truth.appeal.count).prefix(10))
      let best = [pointwise, session.shown, random].map { search.improved($0) }
        .max { search.clicks($0) < search.clicks($1) }
      let lists = [session.shown, random, pointwise, best ?? pointwise]
      for (row, list) in lists.enumerated() {
        let utilities = world.utilities(set, of: list, for: session.request)
        for i in utilities.indices { rows[row].utilities[i] += utilities[i] / Float(requests) }
        let dwell = truth.expectedFeedback(of: list)["dwell"] ?? []
        rows[row].dwell += dwell.reduce(0, +) / Float(requests)
      }
    }
    return rows
  }()

  private func clicks(_ label: String) -> Float {
    FeedWorldBalanceTests.table.first { $0.label == label }?.utilities[0] ?? .nan
  }

  @Test func aPointwiseRankerLosesClearlyToTheBestList() {
    for row in FeedWorldBalanceTests.table { print(row.label, row.utilities, row.dwell) }
    #expect(clicks("best") > 1.06 * clicks("pointwise"))
  }

  @Test func theLogIsDecentAndBeatable() {
    #expect((2.5...3.5).contains(clicks("logged")))
    #expect((0.78...0.87).contains(clicks("logged") / clicks("best")))
    #expect(clicks("logged") > 1.2 * clicks("random"))
  }
}
