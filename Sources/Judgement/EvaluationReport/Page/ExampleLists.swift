/// One request's generated list beside its logged one, item by item, folded until opened.
struct ExampleLists {
  let example: RequestExample
  let objectives: [String]

  func html() -> String {
    let weights = objectives.compactMap { name in
      example.weights[name].map { "\(name) \(Figures.weight($0))" }
    }
    let summary = Markup.element(
      "summary", [:],
      Markup.text("b", Figures.signed(example.gain)) + " "
        + Markup.text("span", "request \(example.request)") + " "
        + Markup.text("small", weights.joined(separator: ", ")))
    let lists =
      list("Generated", example.generated, .was)
      + list("Logged", example.logged, .now)
    return Markup.element(
      "details", ["class": "example"],
      summary + Markup.element("div", ["class": "lists"], lists))
  }

  /// How a list speaks of the other one.
  private enum Column: String {
    /// Of the generated list: where an item stood in the logged one.
    case was
    /// Of the logged list: where an item stands in the generated one.
    case now

    /// For an item that is not in the other list.
    var absent: String { self == .was ? "new" : "out" }
  }

  private func list(_ title: String, _ list: ExampleList, _ column: Column) -> String {
    let utilities = objectives.compactMap { name in
      list.utilities[name].map { "\(name) \(Figures.plain($0))" }
    }
    let kinds = Set(list.items.flatMap(\.expected.keys)).sorted()
    let head = (["#", "item"] + kinds + [column.rawValue]).map {
      Markup.text("th", ["scope": "col"], $0)
    }
    let rows = list.items.enumerated().map { place, item in
      Markup.element("tr", [:], row(place + 1, item, kinds, column))
    }
    return Markup.element(
      "section", [:],
      Markup.text("h3", title) + Markup.text("p", utilities.joined(separator: " · "))
        + Markup.element(
          "div",
          [
            "class": "scroll", "role": "region", "tabindex": "0",
            "aria-label": "\(title) list of request \(example.request)",
          ],
          Markup.element(
            "table", [:],
            Markup.element("thead", [:], Markup.element("tr", [:], head.joined()))
              + Markup.element("tbody", [:], rows.joined(separator: "\n")))))
  }

  private func row(
    _ place: Int, _ item: ExampleItem, _ kinds: [String], _ column: Column
  ) -> String {
    let features = item.features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let move = ExampleLists.move(of: item, at: place, column)
    return Markup.text("th", ["scope": "row"], "\(place)")
      + Markup.element(
        "td", ["class": "item"],
        Markup.text("b", item.id) + Markup.text("small", features.joined(separator: " · ")))
      + kinds.map { Markup.text("td", item.expected[$0].map(Figures.plain) ?? "–") }.joined()
      + Markup.text("td", ["class": move.style, "title": move.meaning], move.text)
  }

  /// The item's place in the other list; the arrow says which way it moved from the logged to the
  /// generated list, so that an item has the same arrow in both.
  private static func move(
    of item: ExampleItem, at place: Int, _ column: Column
  ) -> (text: String, style: String, meaning: String) {
    guard let other = item.elsewhere else {
      return (column.absent, "absent", "not in the other list")
    }
    if other == place { return ("= \(other)", "same", "at the same place in both lists") }
    let rose = column == .was ? other > place : other < place
    return (
      "\(rose ? "↑" : "↓") \(other)", rose ? "up" : "down",
      "\(column.rawValue) at \(other), moved \(rose ? "up" : "down")"
    )
  }
}
