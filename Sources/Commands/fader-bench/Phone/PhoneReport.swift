import JSON
import Statistics

/// What each policy earned over the same visits.
struct PhoneReport {
  let model: String
  let pages: Int
  let length: Int
  /// `[policy][visit]`, in the order of `PhonePolicy.allCases`.
  let places: [[[PhonePlace]]]

  /// A figure of a visit, per page, and what it counts.
  private static let measures: [(name: String, value: @Sendable (PhonePlace) -> Double)] = [
    ("views", { $0.click }), ("likes", { $0.like }), ("items reached", { _ in 1 }),
  ]
  /// What the others are compared with.
  private static let baseline = PhonePolicy.page

  /// Mean per page, and the difference to the baseline with its 95 % interval over visits.
  private func figures(
    _ policy: Int, _ value: (PhonePlace) -> Double
  ) -> (mean: Double, lead: Double, interval: Interval?) {
    let base = PhonePolicy.allCases.firstIndex(of: Self.baseline) ?? 0
    func perVisit(_ policy: Int) -> [Double] {
      places[policy].map { $0.reduce(0) { $0 + value($1) } / Double(pages) }
    }
    let own = perVisit(policy)
    let differences = zip(own, perVisit(base)).map { $0 - $1 }
    let lead = ClusteredMean(differences, clusters: differences.indices.map { UInt64($0) })
    return (own.reduce(0, +) / Double(own.count), lead.mean, lead.interval)
  }

  /// Views of a place per page that was asked for, whether the user got there or not.
  private func views(_ policy: Int, where isCounted: (PhonePlace) -> Bool) -> Double {
    places[policy].flatMap(\.self).filter(isCounted).reduce(0) { $0 + $1.click }
  }

  /// Lead in views of deciding after every item over one list, in % of the list's, per group of places.
  private func gains(_ groups: Range<Int>, _ group: (PhonePlace) -> Int) -> [Double?] {
    let order = PhonePolicy.allCases
    guard let base = order.firstIndex(of: .pageBeam), let own = order.firstIndex(of: .eachBeam)
    else { return [] }
    return groups.map { number in
      let plain = views(base) { group($0) == number }
      return plain > 0 ? 100 * (views(own) { group($0) == number } / plain - 1) : nil
    }
  }

  /// Lead in views of deciding after every item over one list, page by page, with its 95 % interval.
  private var leadByPage: [(mean: Double, interval: Interval?)] {
    let order = PhonePolicy.allCases
    guard let base = order.firstIndex(of: .pageBeam), let own = order.firstIndex(of: .eachBeam)
    else { return [] }
    return (0..<pages).map { page in
      func views(_ policy: Int) -> [Double] {
        places[policy].map { visit in
          visit.reduce(0) { $0 + ($1.page == page ? $1.click : 0) }
        }
      }
      let differences = zip(views(own), views(base)).map { $0 - $1 }
      let lead = ClusteredMean(differences, clusters: differences.indices.map { UInt64($0) })
      return (lead.mean, lead.interval)
    }
  }

  private var byPosition: [Double?] { gains(0..<pages * length) { $0.page * length + $0.slot } }
  private var bySlot: [Double?] { gains(0..<length) { $0.slot } }

  var text: String {
    var lines = ["\(model): \(places[0].count) visits of \(pages) pages", ""]
    lines.append("| policy | views per page | likes per page | items reached |")
    lines.append("|---|---|---|---|")
    for (number, policy) in PhonePolicy.allCases.enumerated() {
      let cells = Self.measures.map { measure -> String in
        let found = figures(number, measure.value)
        guard policy != Self.baseline, let interval = found.interval else {
          return significant(found.mean)
        }
        return "\(significant(found.mean)) (\(signed(found.lead)), \(signed(interval.low)) to "
          + "\(signed(interval.high)))"
      }
      lines.append("| \(policy.rawValue) | " + cells.joined(separator: " | ") + " |")
    }
    lines += ["", "In brackets: the lead over 'page', 95 % interval over visits."]
    let pages = leadByPage.map { lead in
      signed(lead.mean)
        + (lead.interval.map { " (\(signed($0.low)) to \(signed($0.high)))" } ?? "")
    }
    lines += ["Lead in views of 'each item, beam' over 'page, beam', page by page:"]
    lines.append("  " + pages.joined(separator: "  "))
    lines += ["Gain in views of 'each item, beam' over 'page, beam', in %, by place of the page:"]
    lines.append("  " + bySlot.map { $0.map { signed($0) } ?? "–" }.joined(separator: "  "))
    lines.append("By page and place, with the candidates that are left falling within each page:")
    for page in 0..<self.pages {
      let part = byPosition[page * length..<(page + 1) * length]
      lines.append("  " + part.map { $0.map { signed($0) } ?? "–" }.joined(separator: "  "))
    }
    return lines.joined(separator: "\n")
  }

  var json: JSONValue {
    let policies = PhonePolicy.allCases.enumerated().map { number, policy -> JSONValue in
      .object(
        [(key: "policy", value: .string(policy.rawValue))]
          + Self.measures.map { measure in
            let found = figures(number, measure.value)
            return (
              key: measure.name,
              value: [
                "per_page": .number(found.mean), "lead": .number(found.lead),
                "low": found.interval.map { .number($0.low) } ?? .null,
                "high": found.interval.map { .number($0.high) } ?? .null,
              ] as JSONValue
            )
          })
    }
    func array(_ values: [Double?]) -> JSONValue {
      .array(values.map { $0.map { .number($0) } ?? .null })
    }
    return [
      "model": .string(model), "visits": .number(Double(places[0].count)),
      "policies": .array(policies),
      "lead_by_page": .array(
        leadByPage.map { lead in
          [
            "lead": .number(lead.mean), "low": lead.interval.map { .number($0.low) } ?? .null,
            "high": lead.interval.map { .number($0.high) } ?? .null,
          ]
        }), "gain_by_place": array(bySlot),
      "gain_by_page_and_place": array(byPosition),
    ]
  }

  private func signed(_ value: Double) -> String {
    (value < 0 ? "" : "+") + significant(value)
  }
}
