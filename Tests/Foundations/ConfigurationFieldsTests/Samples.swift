import ConfigurationFields

enum Colour: String, ConfigurationChoice {
  case red, green
}

struct Inner: Configurable {
  var share = 0.5
  var names: [String] = []

  static let fields: [ConfigurationField<Self>] = [
    .init("share", \.share, "A share.", .within(0..<1)),
    .init("names", \.names, "Names.", .filled, remedy: "name one"),
  ]
}

struct Entry: Configurable {
  var name = ""
  var weight: Float = 1

  static let fields: [ConfigurationField<Self>] = [
    .init("name", \.name, "Its name.", .filled, isRequired: true),
    .init("weight", \.weight, "Its weight.", .above(0), unit: "kilograms"),
  ]
}

struct Sample: Configurable {
  var stepsPerDay = 3
  var rate: Double?
  var colour = Colour.red
  var inner = Inner(share: 0.25)
  var other: Inner?
  var entries: [Entry] = []
  var byName: [String: Inner] = [:]
  var isNew = false

  static let fields: [ConfigurationField<Self>] = [
    .init("steps_per_day", \.stepsPerDay, "Steps of a day.", .atLeast(1), unit: "steps"),
    .init("rate", \.rate, "A rate. By default there is none.", .above(0, upTo: 2)),
    .init("colour", \.colour, "A colour."),
    .init("inner", \.inner, "A section."),
    .init("other", \.other, "Another section."),
    .init("entries", \.entries, "Entries."),
    .init("by_name", \.byName, "Sections by name."),
    .init("is_new", \.isNew, "A key that came later.", writing: .ifChanged),
  ]

  func faultsBetweenKeys() -> [ConfigurationFault] {
    stepsPerDay == 13
      ? [ConfigurationFault("steps_per_day", expected: "a lucky number", got: "13")] : []
  }
}
