/// Median seconds of `body` over `rounds`, after three rounds that do not count.
func median(_ rounds: Int, _ body: () throws -> Void) rethrows -> Double {
  for _ in 0..<3 { try body() }
  var seconds: [Double] = []
  for _ in 0..<rounds {
    let start = ContinuousClock.now
    try body()
    seconds.append((ContinuousClock.now - start) / .seconds(1))
  }
  return seconds.sorted()[seconds.count / 2]
}

/// Prints figures by name, as lines or as one JSON object.
func show(_ figures: [(name: String, value: Double)], json: Bool) {
  if json {
    let members = figures.map { "\"\($0.name)\": \($0.value)" }
    print("{" + members.joined(separator: ", ") + "}")
  } else {
    for (name, value) in figures { print("\(name): \((value * 1000).rounded() / 1000)") }
  }
}
