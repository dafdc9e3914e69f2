/// A key as one step of a JSON pointer (RFC 6901): `~` and `/` are escaped.
func pointerStep(_ key: String) -> String {
  key.reduce(into: "/") { pointer, character in
    switch character {
    case "~": pointer += "~0"
    case "/": pointer += "~1"
    default: pointer.append(character)
    }
  }
}
