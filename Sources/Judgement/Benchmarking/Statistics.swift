import Foundation

/// What is read off a handful of repeated measurements.
package enum Statistics {
  /// The middle number, of an even count the upper one of the two; NaN of none.
  package static func median(_ values: [Double]) -> Double { quantile(0.5, of: values) }

  /// The smallest of `values` that at least a share `q` in 0...1 does not exceed; NaN of none.
  ///
  /// No number in between is made up: what is reported was measured.
  package static func quantile(_ q: Double, of values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let place = Int((q * Double(values.count)).rounded(.down))
    return values.sorted()[min(max(place, 0), values.count - 1)]
  }
}
