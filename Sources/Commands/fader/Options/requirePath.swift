import ArgumentParser

/// Refuses an empty path, as a variable of the shell that is not set leaves it.
func requirePath(_ path: String?, of option: String) throws {
  if path?.isEmpty == true {
    throw ValidationError("\(option): expected a path, got an empty text; name a file or folder")
  }
}
