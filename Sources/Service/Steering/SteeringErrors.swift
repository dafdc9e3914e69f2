package import ConfigurationFields

/// Everything that is wrong with a `SteeringConfiguration` at once; never empty. Keys are those
/// below `serving.steering`, as in `rules.0.preset`.
package struct SteeringErrors: Error, Sendable, Equatable, CustomStringConvertible {
  package var faults: [ConfigurationFault]

  init(_ faults: [ConfigurationFault]) { self.faults = faults }

  package var description: String {
    faults.map { "steering.\($0)" }.joined(separator: "\n")
  }
}
