/// Sizes of the generator; the `generator` section of a configuration file.
public struct GeneratorConfiguration: Codable, Sendable, Equatable {
  /// Width of MLP1's hidden layer.
  public var itemHidden = 128
  /// H, width of an encoded item.
  public var itemWidth = 64
  /// Width of the product of the item's and the request's projections.
  public var fitWidth = 16
  /// G, width of the recurrent state.
  public var state = 48
  /// A, hidden width of the pointer attention, a multiple of 16.
  public var attention = 64
  /// Width of the hypernetwork's hidden layer.
  public var hyperHidden = 64

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case itemHidden = "item_hidden"
    case itemWidth = "item_width"
    case fitWidth = "fit_width"
    case state
    case attention
    case hyperHidden = "hyper_hidden"
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    itemHidden = try keys.decodeIfPresent(Int.self, forKey: .itemHidden) ?? itemHidden
    itemWidth = try keys.decodeIfPresent(Int.self, forKey: .itemWidth) ?? itemWidth
    fitWidth = try keys.decodeIfPresent(Int.self, forKey: .fitWidth) ?? fitWidth
    state = try keys.decodeIfPresent(Int.self, forKey: .state) ?? state
    attention = try keys.decodeIfPresent(Int.self, forKey: .attention) ?? attention
    hyperHidden = try keys.decodeIfPresent(Int.self, forKey: .hyperHidden) ?? hyperHidden
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    let widths = [
      ("item_hidden", itemHidden), ("item_width", itemWidth), ("fit_width", fitWidth),
      ("state", state), ("attention", attention), ("hyper_hidden", hyperHidden),
    ]
    var faults = widths.filter { $0.1 < 1 }
      .map { "generator.\($0.0): expected a whole number of at least 1, got \($0.1)" }
    if attention % 16 != 0 {
      faults.append(
        "generator.attention: expected a multiple of 16 (the kernels' lanes), got \(attention)")
    }
    return faults
  }
}
