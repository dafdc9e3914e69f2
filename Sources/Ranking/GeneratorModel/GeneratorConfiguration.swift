/// Sizes of the generator; the `generator` section of a configuration file.
public struct GeneratorConfiguration: Codable, Sendable, Equatable {
  /// Width of MLP1's hidden layer.
  public var itemHidden = 128
  /// H, width of an encoded item.
  public var itemWidth = 64
  /// Width of the product of the item's and the request's projections; 0 for none.
  public var fitWidth = 16
  /// G, width of the recurrent state.
  public var state = 48
  /// A, hidden width of the pointer attention, a multiple of 16.
  public var attention = 64
  /// Whether the pointer sees how a candidate repeats what is already placed (`PlacedRelations`).
  public var relations = true
  /// How w reaches the policy.
  public var conditioning = Conditioning.hypernetwork
  /// Width of the hypernetwork's hidden layer.
  public var hyperHidden = 64
  /// Final layers that the hypernetwork makes; the others are the same for every w.
  public var generated = FinalLayer.allCases

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case itemHidden = "item_hidden"
    case itemWidth = "item_width"
    case fitWidth = "fit_width"
    case state
    case attention
    case relations, conditioning
    case hyperHidden = "hyper_hidden"
    case generated
  }

  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    itemHidden = try keys.decodeIfPresent(Int.self, forKey: .itemHidden) ?? itemHidden
    itemWidth = try keys.decodeIfPresent(Int.self, forKey: .itemWidth) ?? itemWidth
    fitWidth = try keys.decodeIfPresent(Int.self, forKey: .fitWidth) ?? fitWidth
    state = try keys.decodeIfPresent(Int.self, forKey: .state) ?? state
    attention = try keys.decodeIfPresent(Int.self, forKey: .attention) ?? attention
    relations = try keys.decodeIfPresent(Bool.self, forKey: .relations) ?? relations
    conditioning =
      try keys.decodeIfPresent(Conditioning.self, forKey: .conditioning) ?? conditioning
    generated = try keys.decodeIfPresent([FinalLayer].self, forKey: .generated) ?? generated
    hyperHidden = try keys.decodeIfPresent(Int.self, forKey: .hyperHidden) ?? hyperHidden
  }

  /// Every fault of the values, worded for the user; empty when there is none.
  public func validate() -> [String] {
    let widths = [
      ("item_hidden", itemHidden), ("item_width", itemWidth),
      ("state", state), ("attention", attention), ("hyper_hidden", hyperHidden),
    ]
    var faults = widths.filter { $0.1 < 1 }
      .map { "generator.\($0.0): expected a whole number of at least 1, got \($0.1)" }
    if fitWidth < 0 {
      faults.append(
        "generator.fit_width: expected a whole number of at least 0, got \(fitWidth)")
    }
    if attention % 16 != 0 {
      faults.append(
        "generator.attention: expected a multiple of 16 (the kernels' lanes), got \(attention)")
    }
    if conditioning == .hypernetwork, generated.isEmpty {
      faults.append(
        "generator.generated: expected at least one of "
          + "\(FinalLayer.allCases.map(\.rawValue).joined(separator: ", ")), got none")
    }
    return faults
  }
}
