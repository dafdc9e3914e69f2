/// A file that the service hands out as it is; it stands in the binary, so that serving needs no
/// folder beside it.
package struct ServiceAsset: Sendable {
  package let bytes: [UInt8]
  /// Its Content-Type.
  package let type: String

  /// Of the pages: scripts and styles of this server only, nothing inline, nothing from elsewhere.
  package static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// nil for a name that is none of the files'.
  package init?(_ name: String) {
    switch name {
    case "console.html":
      (bytes, type) = (PackageResources.console_html, "text/html; charset=utf-8")
    case "console.css": (bytes, type) = (PackageResources.console_css, "text/css; charset=utf-8")
    case "console.js":
      (bytes, type) = (PackageResources.console_js, "text/javascript; charset=utf-8")
    case "openapi.json": (bytes, type) = (PackageResources.openapi_json, "application/json")
    default: return nil
    }
  }
}
