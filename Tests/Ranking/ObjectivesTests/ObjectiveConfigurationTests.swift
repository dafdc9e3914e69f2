import Foundation
import Objectives
import Testing

@Suite struct ObjectiveConfigurationTests {
  private func read(_ text: String) throws -> ObjectiveSet {
    try ObjectiveSet(JSONDecoder().decode([ObjectiveConfiguration].self, from: Data(text.utf8)))
  }

  @Test func everyKindIsRead() throws {
    let set = try read(
      """
      [{"name":"click","predicted":"click","aggregate":"sum"},
       {"name":"bought","predicted":"buy","aggregate":"any"},
       {"name":"like","predicted":"like"},
       {"name":"cold_start","share":"is_cold"},
       {"name":"cold_quota","quota":"is_cold","target":0.3},
       {"name":"shops","distinct":"shop","window":3},
       {"name":"priority","order":"priority","scale":0.25},
       {"name":"score","mean":"score"},
       {"name":"gmv","discounted":"price"}]
      """)
    #expect(
      set.objectives.map(\.definition) == [
        .predicted(feedback: "click", .sum), .predicted(feedback: "buy", .any),
        .predicted(feedback: "like", .sum), .rule(.share(flag: "is_cold")),
        .rule(.quota(flag: "is_cold", target: 0.3)),
        .rule(.distinct(group: "shop", window: 3)), .rule(.order(priority: "priority")),
        .rule(.mean(number: "score")), .rule(.discounted(number: "price")),
      ])
    #expect(set.objectives[6].scale == 0.25 && set.objectives[6].scaleIsFixed)
  }

  @Test(arguments: [
    (#"[{"name":"a"}]"#, "a: says no utility; give one of predicted"),
    (#"[{"name":"a","share":"x","mean":"y"}]"#, "a: says share and mean; give exactly one of"),
    (#"[{"name":"a","quota":"x"}]"#, "a: quota needs the wanted share"),
    (#"[{"name":"a","quota":"x","target":1.5}]"#, "a: target is 1.5; expected a share in (0, 1]"),
    (#"[{"name":"a","share":"x","target":0.5}]"#, "a: target belongs to quota"),
    (#"[{"name":"a","distinct":"x","window":0}]"#, "a: window is 0; expected 1 or more"),
    (#"[{"name":"a","share":"x","window":2}]"#, "a: window belongs to distinct"),
    (#"[{"name":"a","predicted":"x","aggregate":"max"}]"#, #""max"; expected sum or any"#),
    (#"[{"name":"a","share":"x","aggregate":"any"}]"#, "a: aggregate belongs to predicted"),
    (#"[{"name":"a","share":""}]"#, "a: share is empty"),
    (#"[{"name":"","share":"x"}]"#, "an objective has no name"),
    (#"[{"name":"a","share":"x","scale":0}]"#, "a: scale is 0.0; expected a number above 0"),
    (#"[{"name":"a","share":"x"},{"name":"a","mean":"y"}]"#, "a: the name stands more than once"),
    ("[]", "there are none"),
  ])
  func faultsSayWhatIsWrongAndWhatExists(text: String, message: String) {
    let fault = #expect(throws: ObjectivesError.self) { try read(text) }
    #expect(fault?.description.contains(message) ?? false, "\(fault?.description ?? "")")
  }

  @Test func allFaultsComeAtOnce() {
    let fault = #expect(throws: ObjectivesError.self) {
      try read(#"[{"name":"a"},{"name":"b","quota":"x"},{"name":"b","share":"x"}]"#)
    }
    #expect(fault?.messages.count == 3)
  }
}
