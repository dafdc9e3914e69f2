import RandomStreams
import Serving
import Sessions
import Testing

private func request(_ count: Int) -> RankRequest {
  RankRequest(user: User(id: "u"), items: (0..<count).map { Candidate(id: "i\($0)") })
}

private func resolve(
  _ request: RankRequest, lengths: ClosedRange<Int> = 1...1000,
  _ adjust: (inout ServingConfiguration) -> Void = { _ in }
) throws(RankErrors) -> RankRequest {
  var configuration = ServingConfiguration()
  adjust(&configuration)
  return try request.resolved(
    for: FakeRanker(listLengths: lengths).description, configuration)
}

private func pointers(
  _ request: RankRequest, lengths: ClosedRange<Int> = 1...1000,
  _ adjust: (inout ServingConfiguration) -> Void = { _ in }
) -> [String] {
  do {
    _ = try resolve(request, lengths: lengths, adjust)
    return []
  } catch {
    return error.faults.map(\.pointer)
  }
}

@Suite struct ResolutionTests {
  @Test func theDefaultSizeIsTenAsFarAsItemsAndModelGo() throws {
    #expect(try resolve(request(30)).size == 10)
    #expect(try resolve(request(4)).size == 4)
    #expect(try resolve(request(30), lengths: 1...6).size == 6)
    #expect(try resolve(request(30), lengths: 12...20).size == 12)
    var banned = request(4)
    banned.ban = ["i0", "i3", "nobody"]
    #expect(try resolve(banned).size == 2)
  }

  @Test func weightsAreCompletedAndSumToOne() throws {
    var some = request(3)
    some.weights = ["click": 3]
    #expect(try resolve(some).weights == ["click": 1, "cold_start": 0])
    some.weights = ["click": 3e307, "cold_start": 1.5e308]
    #expect(try resolve(some).weights?["click"].map { abs($0 - 1.0 / 6) < 1e-12 } == true)
    some.weights = nil
    #expect(try resolve(some).weights == ["click": 0.5, "cold_start": 0.5])
    let configured = try resolve(some) { $0.defaultWeights = ["cold_start": 2] }
    #expect(configured.weights == ["click": 0, "cold_start": 1])
  }

  @Test func wrongWeightsAreNamed() throws {
    var wrong = request(3)
    wrong.weights = ["clicks": 1, "cold_start": -1]
    #expect(pointers(wrong) == ["/weights/clicks", "/weights/cold_start"])
    wrong.weights = ["click": .infinity]
    #expect(pointers(wrong) == ["/weights/click"])
    wrong.weights = ["click": .nan]
    #expect(pointers(wrong) == ["/weights/click"])
    wrong.weights = [:]
    #expect(pointers(wrong) == ["/weights"])
    wrong.weights = ["click": 0]
    #expect(pointers(wrong) == ["/weights"])
  }

  @Test func itemsMustBeSomeNotTooManyAndDistinct() {
    #expect(pointers(request(0)) == ["/items"])
    #expect(pointers(request(6)) { $0.maximumItems = 5 } == ["/items"])
    #expect(pointers(request(5)) { $0.maximumItems = 5 } == [])
    var twice = request(4)
    twice.items[3].id = "i1"
    twice.items[0].id = ""
    #expect(pointers(twice) == ["/items/0/id", "/items/3/id"])
  }

  @Test func sizesMustFitItemsAndModel() {
    for size in [-1, 0, 5] {
      var sized = request(4)
      sized.size = size
      #expect(pointers(sized) == ["/size"])
    }
    var sized = request(8)
    sized.size = 7
    #expect(pointers(sized, lengths: 1...6) == ["/size"])
    #expect(pointers(request(3), lengths: 5...6) == ["/items"])
  }

  @Test func bansMustLeaveEnough() {
    var banned = request(4)
    banned.ban = ["i0", "i1"]
    banned.size = 3
    #expect(pointers(banned) == ["/ban"])
    banned.size = 2
    #expect(pointers(banned) == [])
    banned.ban = ["i0", "i1", "i2", "i3"]
    banned.size = nil
    #expect(pointers(banned) == ["/ban"])
  }

  @Test func pinsMustFitItemsListAndEachOther() {
    func pinned(_ pins: (String, Int)..., ban: [String] = []) -> [String] {
      var request = request(6)
      request.size = 3
      request.ban = ban
      request.pins = pins.map { .init(id: $0.0, position: $0.1) }
      return pointers(request)
    }
    #expect(pinned(("i5", 1), ("i0", 3)) == [])
    #expect(pinned(("x", 1)) == ["/pins/0/id"])
    #expect(pinned(("i1", 4), ("i2", 0)) == ["/pins/0/position", "/pins/1/position"])
    #expect(pinned(("i1", 1), ("i1", 2)) == ["/pins/1/id"])
    #expect(pinned(("i1", 1), ("i2", 1)) == ["/pins/1/position"])
    #expect(pinned(("i1", 1), ban: ["i1"]) == ["/pins/0/id"])
  }

  @Test(arguments: 0..<300)
  func whatIsResolvedCanBeRanked(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, "resolution")
    var random = request(stream.below(6))
    if stream.below(2) == 0 { random.size = stream.below(7) }
    for _ in 0..<stream.below(4) { random.ban.append("i\(stream.below(6))") }
    for _ in 0..<stream.below(3) {
      random.pins.append(.init(id: "i\(stream.below(6))", position: stream.below(6)))
    }
    guard let resolved = try? resolve(random) else { return }
    let list = try FakeRanker().rank(resolved).items
    #expect(list.count == resolved.size)
    #expect(Set(list.map(\.id)).count == list.count)
    #expect(list.allSatisfy { !random.ban.contains($0.id) })
    #expect(random.pins.allSatisfy { list[$0.position - 1].id == $0.id })
  }
}
