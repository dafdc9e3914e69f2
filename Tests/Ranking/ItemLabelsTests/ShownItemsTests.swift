import Features
import ItemLabels
import Sessions
import Testing

@Suite struct ShownItemsTests {
  /// Of five candidates three are shown, the middle one clicked.
  private let session = Session(
    request: Request(
      id: "r", user: User(id: "u"),
      candidates: (0..<5).map {
        Candidate(id: "i\($0)", features: ["a": .number(Double($0))])
      }),
    time: 0, shown: [4, 1, 2], feedback: ["click": [0, 3, 0]])

  private func schema() throws -> FittedSchema {
    var fitter = SchemaFitter(SchemaConfiguration())
    fitter.add(session)
    return try fitter.fit(columns: [], feedback: ["click", "buy"])
  }

  @Test func bothWaysInGiveTheSameItemsAndLabels() throws {
    let schema = try schema()
    let kinds = ["click", "buy"]
    let raw = try #require(
      ShownItems(session, kinds: kinds, schema: schema, seed: 3, number: 7))
    let encoded = try #require(
      ShownItems(
        schema.encode(session), kinds: kinds, layout: schema.layout, seed: 3, number: 7))
    #expect(raw.slots == encoded.slots && raw.labels == encoded.labels)
    #expect(raw.user == encoded.user && raw.request == encoded.request)
    // Feedback that the session does not have is no label, rather than a label of 0.
    #expect(encoded.labels["buy"] == nil)
    #expect(encoded.loggedOrder.map { encoded.labels["click"]?[$0] } == [0, 1, 0])
  }

  @Test func onlyLabelsThatDifferGradeAnOrder() throws {
    let items = try #require(
      ShownItems(session, kinds: ["click"], schema: try schema(), seed: 3, number: 0))
    let logged = items.loggedOrder
    #expect(items.ndcg(of: [logged[1], logged[0], logged[2]], by: "click", at: 5) == 1)
    #expect(try #require(items.ndcg(of: logged, by: "click", at: 5)) < 1)
    #expect(items.ndcg(of: logged, by: "buy", at: 5) == nil)
    var silent = session
    silent.feedback["click"] = [0, 0, 0]
    let none = try #require(
      ShownItems(silent, kinds: ["click"], schema: try schema(), seed: 3, number: 0))
    #expect(!none.isOrdered(by: "click") && none.ndcg(of: [0, 1, 2], by: "click", at: 5) == nil)
  }

  @Test func oneItemHasNoOrder() throws {
    var single = session
    (single.shown, single.feedback) = ([1], ["click": [1]])
    #expect(
      ShownItems(single, kinds: ["click"], schema: try schema(), seed: 3, number: 0) == nil)
  }
}
