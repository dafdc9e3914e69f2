import RandomStreams
import Statistics
import Testing

@Suite struct ClusteredMeanTests {
  @Test func valuesOfOneClusterCountOnceForTheError() throws {
    // Deviations of the two clusters from 2: -2 + 0 = -2, and 2.
    let mean = ClusteredMean([0, 2, 4], clusters: [1, 1, 2])
    #expect(mean.mean == 2 && mean.count == 3 && mean.clusters == 2)
    #expect(abs(mean.standardError - 8.0.squareRoot() / 3) < 1e-12)
    let interval = try #require(mean.interval)
    #expect(abs(interval.high - interval.low - 2 * 1.96 * 4 / 3) < 1e-9)
  }

  @Test func oneClusterHasNoIntervalAndNothingHasTheMeanZero() {
    #expect(ClusteredMean([1, 2], clusters: [5, 5]).interval == nil)
    #expect(ClusteredMean([], clusters: []).mean == 0)
  }

  @Test func theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    var stream = RandomStream(seed: 4, "clusters")
    var held = 0
    for _ in 0..<400 {
      var (values, clusters): ([Double], [UInt64]) = ([], [])
      for user in 0..<60 as Range<UInt64> {
        let own = stream.normal()
        for _ in 0..<1 + stream.below(5) {
          values.append(own + stream.normal())
          clusters.append(user)
        }
      }
      if let interval = ClusteredMean(values, clusters: clusters).interval,
        interval.low <= 0, interval.high >= 0
      {
        held += 1
      }
    }
    #expect((365...395).contains(held))
  }
}
