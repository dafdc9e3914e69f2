import Baselines
import Features
import OfflineEvaluation
import Testing
import TinyModels

@Suite struct UntrainedListsTests {
  private let sessions = PlantedLog(seed: 1, count: 6).sessions

  @Test func loggedListsAreThoseThatWereShown() {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let lists = LoggedLists().lists(for: requests, weights: [1, 0, 0])
    #expect(lists == sessions.map { $0.shown.map { Int($0) } })
  }

  @Test func shuffledListsHoldDistinctCandidates() {
    let requests = MethodRequests(sessions, firstRequest: 0)
    for (b, list) in ShuffledLists(seed: 2).lists(for: requests, weights: []).enumerated() {
      #expect(list.count == requests.lengths[b] && Set(list).count == list.count)
      #expect(list.allSatisfy { (0..<requests.batch.candidateCount(b)).contains($0) })
    }
  }

  /// What is drawn follows from the seed and the request's number, not from the batch around it.
  @Test func shuffledListsDoNotDependOnTheBatch() {
    let whole = ShuffledLists(seed: 2)
      .lists(for: MethodRequests(sessions, firstRequest: 10), weights: [])
    let rest = ShuffledLists(seed: 2)
      .lists(for: MethodRequests(Array(sessions[2...]), firstRequest: 12), weights: [])
    #expect(Array(whole[2...]) == rest)
    #expect(
      whole
        != ShuffledLists(seed: 3)
        .lists(for: MethodRequests(sessions, firstRequest: 10), weights: []))
  }

  @Test func shufflingPlacesEveryCandidateAsOften() {
    let session = sessions[0]
    let candidates = session.request.candidateCount
    let requests = MethodRequests(
      [EncodedSession](repeating: session, count: 4000), firstRequest: 0)
    var first = [Int](repeating: 0, count: candidates)
    for list in ShuffledLists(seed: 4).lists(for: requests, weights: []) { first[list[0]] += 1 }
    let expected = 4000 / Double(candidates)
    // Five standard errors.
    #expect(first.allSatisfy { abs(Double($0) - expected) < 5 * expected.squareRoot() })
  }

  @Test func upstreamOrderIsDescendingWithTiesByIndex() {
    var request = tinyRequests(seed: 1, candidates: [5])[0]
    for (i, score) in [0.5, 2, 0.5, -1, 2].enumerated() {
      request.item.numbers[2 * i + 1] = Float(score)
    }
    let other = tinyRequests(seed: 2, candidates: [3])[0]
    let requests = MethodRequests(
      batch: RequestBatch([other, request]), lengths: [0, 4], logged: [[], []], firstRequest: 0)
    #expect(UpstreamOrder(feature: 1).lists(for: requests, weights: []) == [[], [1, 4, 0, 2]])
  }
}
