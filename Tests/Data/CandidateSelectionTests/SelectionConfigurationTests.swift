import CandidateSelection
import ConfigurationFields
import Testing

@Suite struct SelectionConfigurationTests {
  private static func keys(_ change: (inout SelectionConfiguration) -> Void) -> [String] {
    var configuration = SelectionConfiguration()
    change(&configuration)
    return configuration.faults().map(\.key)
  }

  @Test func theDefaultsAreSound() {
    #expect(Self.keys { _ in } == [])
    #expect(
      Self.keys {
        $0.quotas = [
          SelectionQuota(group: "type", cap: 20, floor: 2), SelectionQuota(flag: "cold", floor: 3),
        ]
      } == [])
    #expect(Self.keys { ($0.method, $0.alike) = (.mmr, ["shop"]) } == [])
  }

  @Test func everyFaultIsNamed() {
    #expect(Self.keys { $0.keep = 0 } == ["keep"])
    #expect(Self.keys { $0.tradeOff = 1.5 } == ["trade_off"])
    #expect(Self.keys { $0.method = .dpp } == ["alike"])
    #expect(Self.keys { $0.alike = ["shop"] } == ["alike"])
    #expect(
      Self.keys { ($0.method, $0.quotas) = (.top, [SelectionQuota(group: "a", cap: 1)]) } == [
        "quotas"
      ])
    #expect(
      Self.keys { $0.quotas = ["a", "b", "c"].map { SelectionQuota(group: $0, cap: 1) } }
        == ["quotas"])
    #expect(
      Self.keys {
        $0.quotas = [SelectionQuota(group: "a", cap: 1), SelectionQuota(group: "a", floor: 1)]
      }
        == ["quotas.1"])
  }

  @Test func everyFaultOfAQuotaIsNamed() {
    func keys(_ quota: SelectionQuota) -> [String] { quota.faults().map(\.key) }
    #expect(keys(SelectionQuota(group: "a")) == [""])
    #expect(keys(SelectionQuota(cap: 1)) == [""])
    #expect(keys(SelectionQuota(group: "a", flag: "b", cap: 1)) == ["flag"])
    #expect(keys(SelectionQuota(group: "a", cap: 1, floor: 2)) == ["floor"])
    #expect(keys(SelectionQuota(group: "a", cap: 1, capShare: 0.5)) == ["cap_share"])
    #expect(keys(SelectionQuota(group: "a", cap: 0)) == ["cap"])
    #expect(keys(SelectionQuota(flag: "a", cap: 0)) == [])
    #expect(keys(SelectionQuota(group: "a", floor: 0)) == ["floor"])
    #expect(keys(SelectionQuota(group: "a", capShare: 1.5)) == ["cap_share"])
  }
}
