package import Autodiff
package import Features
package import Networks

/// The inputs of a network as the features' schema lays them out.
extension MixedInput {
  package init(_ side: SideLayout, name: String, in builder: inout ParameterBuilder) {
    self.init(
      numbers: side.numbers.count,
      categoricals: side.categoricals.map { ($0.name, $0.rows, $0.dimension) },
      bags: side.bags.map { ($0.name, $0.rows, $0.dimension) }, name: name, in: &builder)
  }

  /// `side` of the layout that the tables were made for -> `[side.rows, width]`.
  package func callAsFunction(_ side: EncodedSide, on tape: Tape) -> Variable {
    self(
      rows: side.rows, numbers: side.numbers, indices: side.indices,
      bagOffsets: side.bagOffsets, bagIndices: side.bagIndices, on: tape)
  }
}
