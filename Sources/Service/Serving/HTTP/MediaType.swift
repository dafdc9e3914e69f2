/// Whether a Content-Type is JSON: `application/json` or `application/<anything>+json`, with any
/// parameters. No header counts as JSON, since nothing else is understood anyway.
func isJSON(contentType: String?) -> Bool {
  guard let contentType else { return true }
  let essence = contentType.prefix { $0 != ";" }.lowercased()
    .filter { $0 != " " && $0 != "\t" }
  guard essence.hasPrefix("application/") else { return false }
  return essence == "application/json" || essence.hasSuffix("+json")
}
