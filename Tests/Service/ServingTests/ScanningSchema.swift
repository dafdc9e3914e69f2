import Features
import Sessions

/// A schema with every kind of input, fitted on a few made-up items.
func scanningSchema() throws -> FittedSchema {
  var configuration = SchemaConfiguration()
  configuration.item.fields["brand"] = FieldConfiguration(.categorical)
  configuration.item.fields["brand"]?.minimumCount = 1
  configuration.item.fields["hashed"] = FieldConfiguration(.categorical)
  configuration.item.fields["hashed"]?.hashBuckets = 7
  configuration.item.fields["tags"] = FieldConfiguration(.bag)
  configuration.item.fields["tags"]?.minimumCount = 1
  configuration.augment.rank = ["score", "price"]
  configuration.augment.share = ["brand"]
  configuration.includeItemID = true
  configuration.includeUserID = true
  configuration.history["click"] = HistoryConfiguration()
  var fitter = SchemaFitter(configuration)
  // The Kelvin sign is equal to K, the last two brands are equal to each other.
  let brands = ["a", "K", "\u{212a}", "5", "true", "fran\u{e7}ais", "franc\u{327}ais"]
  for round in 0..<3 {
    let items = brands.enumerated().map { index, brand in
      Candidate(
        id: "i\(index)",
        features: [
          "score": .number(Double(index) - 0.5 * Double(round)), "brand": .text(brand),
          "price": .number(Double(index * round)), "hashed": .text("h\(index)"),
          "tags": .texts(["x", "y\(index)"]), "cold": .flag(index > 2),
        ].filter { $0.key != "price" || index > 1 })
    }
    fitter.add(
      Session(
        request: Request(
          id: "r",
          user: User(id: "u\(round)", features: ["age": .number(30), "city": .text("york")]),
          context: ["hour": .number(Double(round)), "app": .flag(round == 0)], candidates: items,
          history: [
            Behaviour(type: "click", time: -1, item: items[0], action: ["dwell": .number(4)])
          ]),
        time: 0, shown: [0], feedback: ["click": [1]]))
  }
  return try fitter.fit(
    columns: [
      CandidateColumn(.number, of: "score"), CandidateColumn(.flag, of: "cold"),
      CandidateColumn(.group, of: "brand"), CandidateColumn(.group, of: "other"),
    ], feedback: ["click"])
}
