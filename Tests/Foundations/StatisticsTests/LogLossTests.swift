import Foundation
import RandomStreams
import Statistics
import Testing

@Suite struct LogLossTests {
  @Test func matchesAValueWorkedByHand() throws {
    // -(log 0.8 + log 0.6) / 2
    let loss = try #require(LogLoss.mean(probabilities: [0.8, 0.4], labels: [1, 0]))
    #expect(abs(loss - 0.366984587) < 1e-8)
  }

  @Test func certainAndWrongCostsTheClampAndNotInfinity() throws {
    for (p, y) in [(0.0, 1.0), (1.0, 0.0)] {
      let loss = try #require(LogLoss.mean(probabilities: [p], labels: [y]))
      #expect(abs(loss - -log(1e-7)) < 1e-6)
    }
    let right = try #require(LogLoss.mean(probabilities: [1, 0], labels: [1, 0]))
    #expect(right > 0 && right < 2e-7)
  }

  @Test func maskedEntriesAreNeverRead() {
    let masked = LogLoss.mean(
      probabilities: [0.8, .nan, 0.4], labels: [1, 7, 0], mask: [true, false, true])
    #expect(masked == LogLoss.mean(probabilities: [0.8, 0.4], labels: [1, 0]))
    #expect(LogLoss.mean(probabilities: [0.8], labels: [1], mask: [false]) == nil)
    #expect(LogLoss.mean(probabilities: [], labels: []) == nil)
  }

  @Test func notANumberStaysVisible() throws {
    #expect(try #require(LogLoss.mean(probabilities: [.nan, 0.5], labels: [1, 1])).isNaN)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func agreesWithTheDefinitionAndMerges(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "log loss")
    let p = (0..<200).map { _ in 0.01 + 0.98 * random.uniform() }
    let y = p.map { random.uniform() < $0 ? 1.0 : 0.0 }
    let slow = zip(p, y).map { $1 == 1 ? -log($0) : -log(1 - $0) }.reduce(0, +) / 200
    #expect(abs(try #require(LogLoss.mean(probabilities: p, labels: y)) - slow) < 1e-12)

    var first = LogLoss()
    var second = LogLoss()
    for i in 0..<70 { first.add(probability: p[i], label: y[i]) }
    for i in 70..<200 { second.add(probability: p[i], label: y[i]) }
    first.merge(second)
    #expect(first.count == 200)
    #expect(abs(try #require(first.mean) - slow) < 1e-12)
  }
}
