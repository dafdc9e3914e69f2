import Statistics
import Testing
import Training

@Suite struct CheckpointChoiceTests {
  private typealias Choice = CheckpointChoice
  private static let judge = Choice.Referee(isJudge: true, isReliable: true)
  private static let weakJudge = Choice.Referee(isJudge: true, isReliable: false)

  /// A lead of about `mean` that 40 users show alike, or with so much noise that nothing is clear.
  private func lead(
    _ mean: Double, noise: Double = 0.01, users: UInt64 = 40, room: Double = 0
  ) -> LabelLead {
    LabelLead(
      kind: "click",
      ndcg: ClusteredMean(
        (0..<users).map { mean + ($0.isMultiple(of: 2) ? noise : -noise) },
        clusters: (0..<users).map(\.self)), room: room)
  }

  private func isPassedOver(_ verdict: Choice.Verdict, because part: String) -> Bool {
    guard case .passedOver(let reason) = verdict else { return false }
    return reason.contains(part)
  }

  @Test func whatLabelsPutClearlyBelowTheStartIsNeverBest() {
    for start in [Choice.Start.reference, .parent] {
      let choice = Choice(start: start, referee: Self.judge)
      let verdict = choice.verdict(gain: 9, bar: 0.1, leads: [lead(0.2), lead(-0.05)])
      #expect(isPassedOver(verdict, because: "NDCG@5 by click is 0.05 below the start's"))
    }
  }

  @Test func someLossIsToleratedForTheSakeOfWholeListsButNotWithoutAReliableJudge() {
    let small = [lead(-0.05, room: 0.06)]
    #expect(small[0].isClearlyBelow && !small[0].isConvicting)
    let choice = Choice(start: .reference, referee: Self.judge)
    #expect(choice.verdict(gain: 1, bar: 0, leads: small) == .best)
    let weak = Choice(start: .reference, referee: Self.weakJudge)
    #expect(
      isPassedOver(weak.verdict(gain: 1, bar: 0, leads: small + [lead(0.1)]), because: "below"))
    let large = [lead(-0.07, room: 0.06)]
    #expect(isPassedOver(choice.verdict(gain: 1, bar: 0, leads: large), because: "may be lost"))
  }

  @Test func aReliableJudgeRanksWhatLabelsDoNotConvict() {
    let choice = Choice(start: .reference, referee: Self.judge)
    #expect(choice.bar(start: 0.3) == 0.3)
    let unclear = [lead(-0.01, noise: 0.5)]
    #expect(choice.verdict(gain: 0.4, bar: 0.3, leads: unclear) == .best)
    #expect(choice.verdict(gain: 0.3, bar: 0.3, leads: unclear) == .notBetter)
    #expect(choice.verdict(gain: .nan, bar: nil, leads: unclear) == .notBetter)
    #expect(choice.verdict(gain: 0.4, bar: 0.3, leads: []) == .best)
  }

  @Test func withAWeakJudgeTheLabelsRank() {
    let choice = Choice(start: .reference, referee: Self.weakJudge)
    // Its opinion of the start holds nothing back.
    #expect(choice.bar(start: 0.3) == 0)
    let (small, large) = ([lead(0.01, noise: 0.5)], [lead(0.03, noise: 0.5), lead(0.01)])
    #expect(choice.verdict(gain: -1, bar: 0, leads: small) == .best)
    #expect(choice.verdict(gain: 9, bar: 0, leads: [lead(-0.01, noise: 0.5)]) == .notBetter)
    let bar = choice.score(gain: 9, leads: small)
    #expect(choice.verdict(gain: -1, bar: bar, leads: large) == .best)
    #expect(
      choice.verdict(gain: 9, bar: choice.score(gain: 0, leads: large), leads: small) == .notBetter)
    // Of two kinds one may be ahead, but none clearly behind.
    #expect(
      isPassedOver(
        choice.verdict(gain: 1, bar: 0, leads: [lead(0.1), lead(-0.05)]), because: "below"))
    for leads in [[], [lead(0.5, users: 9)]] {
      #expect(
        isPassedOver(
          choice.verdict(gain: 9, bar: 0, leads: leads), because: "did not meet the quality gate"))
    }
  }

  @Test func withoutAJudgeTheEvaluatorsGateCountsButNotAgainstAParent() {
    let referee = Choice.Referee(isJudge: false, isReliable: true)
    #expect(Choice(start: .reference, referee: referee).bar(start: 0.3) == 0.3)
    #expect(Choice(start: .parent, referee: referee).bar(start: 0.3) == nil)
  }

  @Test func aParentIsNotHeldByAWeakJudge() {
    let choice = Choice(start: .parent, referee: Self.weakJudge)
    #expect(choice.verdict(gain: -3, bar: choice.bar(start: 0.3), leads: []) == .best)
  }

  @Test func anUntrainedStartIsNothingToKeep() {
    let choice = Choice(start: .untrained, referee: Self.weakJudge)
    #expect(choice.verdict(gain: -3, bar: nil, leads: []) == .best)
  }

  @Test func aHandfulOfUsersConvictsNobody() {
    #expect(lead(-0.1).isClearlyBelow)
    #expect(!lead(-0.1, users: 9).isClearlyBelow)
  }
}
