import JSON
import Sessions

/// Measured numbers by name, in the order in which they are shown.
typealias Figures = [(name: String, value: Double)]

/// Prints figures as lines or as one JSON object.
func show(_ figures: Figures, json: Bool) {
  if json {
    let members = figures.map { (key: $0.name, value: JSONValue.number($0.value)) }
    print(JSONValue.object(members).serialized() as String)
    return
  }
  let width = figures.map(\.name.count).max() ?? 0
  for (name, value) in figures {
    print(name + String(repeating: " ", count: width + 2 - name.count) + significant(value))
  }
}

/// Four significant digits, whole numbers in full.
func significant(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  if abs(value) >= 1000 || value == value.rounded() { return "\(Int(value.rounded()))" }
  var unit = 1.0
  while abs(value) * unit < 1000 { unit *= 10 }
  return "\((value * unit).rounded() / unit)"
}
