package import ConfigurationFields

/// Properties that no row of `fields` covers, in the sections below a value that has them all.
///
/// A section with a group of keys counts the group as one property, `grouped` of them.
package func propertiesWithoutRow(_ value: any Configurable, grouped: [String] = []) -> [String] {
  let name = "\(type(of: value))"
  var missing: [String] = []
  var properties = 0
  for child in Mirror(reflecting: value).children {
    properties += 1
    if let section = child.value as? any Configurable {
      missing += propertiesWithoutRow(section, grouped: grouped)
    }
  }
  let rows = rowCount(value)
  if rows != properties, !grouped.contains(name) {
    missing.append("\(name): \(properties) properties, \(rows) rows")
  }
  return missing
}

private func rowCount<Content: Configurable>(_ value: Content) -> Int { Content.fields.count }
