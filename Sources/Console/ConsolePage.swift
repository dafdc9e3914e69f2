/// The files of the console, kept in the binary: the server needs no folder beside it.
public enum ConsolePage {
  /// The bytes of `console.html`, `console.css` or `console.js` with their media type; nil for
  /// every other name.
  public static func asset(_ name: String) -> (bytes: [UInt8], type: String)? {
    switch name {
    case "console.html": (PackageResources.console_html, "text/html; charset=utf-8")
    case "console.css": (PackageResources.console_css, "text/css; charset=utf-8")
    case "console.js": (PackageResources.console_js, "text/javascript; charset=utf-8")
    default: nil
    }
  }
}
