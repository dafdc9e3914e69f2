import ConfigurationFields
package import ListPolicy

/// The sections of all families in one configuration, each with its defaults until it is set.
package struct FamilySections: Sendable, Equatable {
  private var sections: [String: any PolicyConfiguration]

  package init() {
    sections = Dictionary(
      uniqueKeysWithValues: Families.table.map { ($0.family, $0.standardConfiguration) })
  }

  /// The section of a family, by its name.
  ///
  /// - Precondition: the table has the family.
  package subscript(name: String) -> any PolicyConfiguration {
    get {
      guard let section = sections[name] else {
        preconditionFailure("no family \(name) among \(Families.names)")
      }
      return section
    }
    set { sections[name] = newValue }
  }

  /// Says what type a family's section is of, for key paths.
  package struct Content<Configuration: PolicyConfiguration>: Hashable, Sendable {
    package init() {}
  }

  package subscript<Configuration: PolicyConfiguration>(
    name: String, _: Content<Configuration>
  ) -> Configuration {
    get { sections[name] as? Configuration ?? Configuration() }
    set { sections[name] = newValue }
  }

  package subscript<Policy: ListPolicy>(_ family: Policy.Type) -> Policy.Configuration {
    get { sections[family.family] as? Policy.Configuration ?? Policy.Configuration() }
    set { sections[family.family] = newValue }
  }

  package static func == (a: FamilySections, b: FamilySections) -> Bool {
    a.sections.count == b.sections.count
      && a.sections.allSatisfy { name, section in
        b.sections[name].map { section.equals($0) } ?? false
      }
  }
}

extension ListPolicy {
  fileprivate static var standardConfiguration: any PolicyConfiguration { Configuration() }
}
