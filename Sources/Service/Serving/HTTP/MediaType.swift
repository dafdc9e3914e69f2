/// The essence of a Content-Type: without parameters, in lower case.
func mediaType(_ contentType: String) -> String {
  contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
}

/// Whether a Content-Type is JSON: `application/json` or `application/<anything>+json`, with any
/// parameters. No header counts as JSON, since nothing else is understood anyway.
func isJSON(contentType: String?) -> Bool {
  guard let essence = contentType.map(mediaType) else { return true }
  guard essence.hasPrefix("application/") else { return false }
  return essence == "application/json" || essence.hasSuffix("+json")
}
