import RandomStreams
import Statistics
import Testing

@Suite struct BootstrapTests {
  @Test func quantilesInterpolate() {
    #expect(quantile([4, 1, 3, 2], 0.5) == 2.5)
    #expect(quantile([4, 1, 3, 2], 0) == 1)
    #expect(quantile([4, 1, 3, 2], 1) == 4)
    #expect(quantile([7], 0.3) == 7)
    #expect(quantile([], 0.3) == nil)
    #expect(quantile([1, .nan], 0.3) == nil)
    #expect(
      percentileInterval(of: (0...100).map(Double.init), level: 0.5)
        == Interval(low: 25, high: 75))
    #expect(percentileInterval(of: []) == nil)
  }

  @Test func aDrawHasAsManyClustersAsTheData() {
    var random = RandomStream(seed: 1, "draws")
    var draws = 0
    var totals = [Int](repeating: 0, count: 7)
    forEachBootstrapDraw(clusters: 7, samples: 2000, using: &random) { times in
      draws += 1
      #expect(times.reduce(0, +) == 7)
      for i in times.indices { totals[i] += times[i] }
    }
    #expect(draws == 2000)
    // Each is drawn 2000 times in expectation, standard deviation about 41.
    #expect(totals.allSatisfy { abs($0 - 2000) < 210 })
  }

  @Test func fewerThanTwoClustersHaveNoInterval() {
    var random = RandomStream(seed: 1, "one")
    #expect(bootstrapInterval(ofMeanPerCluster: [3], counts: [4], using: &random) == nil)
    #expect(bootstrapInterval(ofMeanPerCluster: [], counts: [], using: &random) == nil)
    #expect(bootstrapInterval(ofMeanPerCluster: [0, 0], counts: [0, 0], using: &random) == nil)
  }

  @Test func theSameSeedGivesTheSameInterval() {
    var one = RandomStream(seed: 4, "interval")
    var two = RandomStream(seed: 4, "interval")
    let sums = (0..<50).map { Double($0 % 7) }
    let counts = [Int](repeating: 7, count: 50)
    let first = bootstrapInterval(ofMeanPerCluster: sums, counts: counts, using: &one)
    #expect(first == bootstrapInterval(ofMeanPerCluster: sums, counts: counts, using: &two))
    #expect(first != nil)
  }

  @Test func oneRequestPerUserGivesTheNormalApproximation() throws {
    var random = RandomStream(seed: 2, "normal approximation")
    let sums = (0..<2000).map { _ in random.normal() }
    let interval = try #require(
      bootstrapInterval(
        ofMeanPerCluster: sums, counts: [Int](repeating: 1, count: 2000), samples: 2000,
        using: &random))
    let width = 2 * 1.96 / (2000.0).squareRoot()
    #expect(abs(interval.high - interval.low - width) < 0.1 * width)
  }

  @Test func loyalUsersWidenTheInterval() throws {
    // 100 users answer the same way 20 times: that is 100 answers, not 2000.
    var random = RandomStream(seed: 3, "clusters")
    let answers = (0..<100).map { _ in random.uniform() < 0.5 ? 1.0 : 0.0 }
    let clustered = try #require(
      bootstrapInterval(
        ofMeanPerCluster: answers.map { 20 * $0 }, counts: [Int](repeating: 20, count: 100),
        using: &random))
    let naive = try #require(
      bootstrapInterval(
        ofMeanPerCluster: answers.flatMap { [Double](repeating: $0, count: 20) },
        counts: [Int](repeating: 1, count: 2000), using: &random))
    #expect(clustered.high - clustered.low > 3 * (naive.high - naive.low))
  }

  @Test func intervalsCoverTheTruthAboutAsOftenAsTheyClaim() throws {
    var covered = 0
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomStream(seed: seed, "coverage")
      // A user has a taste of her own and 1 to 5 requests.
      let counts = (0..<80).map { _ in 1 + random.below(5) }
      let sums = counts.map { count in
        let taste = random.normal()
        return (0..<count).reduce(0.0) { total, _ in total + 1 + taste + random.normal() }
      }
      let interval = try #require(
        bootstrapInterval(ofMeanPerCluster: sums, counts: counts, samples: 300, using: &random))
      if interval.low <= 1 && 1 <= interval.high { covered += 1 }
    }
    #expect(covered >= 178 && covered <= 200)
  }

  @Test func clusterSumsAgreeWithRepeatingTheObservations() throws {
    var random = RandomStream(seed: 5, "cluster sums")
    var sums = ClusterSums(columns: 2)
    var rows: [(Int, [Double])] = []
    for _ in 0..<60 {
      let row = (random.below(9), [random.normal(), random.uniform()])
      rows.append(row)
      sums.add(cluster: row.0, row.1)
    }
    let times = (0..<9).map { _ in random.below(4) }
    let repeated = rows.flatMap { [[Double]](repeating: $0.1, count: times[$0.0]) }
    let means = try #require(sums.means(multiplicities: times))
    for column in 0..<2 {
      let slow = repeated.reduce(0) { $0 + $1[column] } / Double(repeated.count)
      #expect(abs(means[column] - slow) < 1e-12)
    }
    #expect(sums.count == 60)
    #expect(sums.means(multiplicities: [Int](repeating: 0, count: 9)) == nil)
    #expect(ClusterSums(columns: 2).means == nil)
  }
}
