/// Widths of what turns a candidate and its request into numbers.
public struct CandidateEncoderConfiguration: Codable, Sendable, Equatable {
  /// Width of the hidden layer.
  public var hidden = 96
  /// Width of an encoded item.
  public var width = 48
  /// Width of the product of the item's and the request's projections.
  public var fit = 16

  public init() {}

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    hidden = try keys.decodeIfPresent(Int.self, forKey: .hidden) ?? hidden
    width = try keys.decodeIfPresent(Int.self, forKey: .width) ?? width
    fit = try keys.decodeIfPresent(Int.self, forKey: .fit) ?? fit
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    [("hidden", hidden), ("width", width), ("fit", fit)].belowOne("encoder.")
  }
}
