import Tensors
import Testing

@Suite struct MatrixTests {
  @Test func scalarsRunAlongTheRows() {
    let x = Matrix(rows: 2, columns: 3, scalars: [1, 2, 3, 4, 5, 6])
    #expect(x[1, 0] == 4)
    #expect(Array(x.row(1)) == [4, 5, 6])
    #expect(x.reshaped(rows: 3, columns: 2)[2, 1] == 6)
  }

  @Test func aCopyIsItsOwnValue() {
    let x = Matrix(rows: 1, columns: 2, repeating: 7)
    var y = x
    y[0, 1] = 0
    #expect(x.scalars == [7, 7] && y.scalars == [7, 0])
    #expect(x.hasShape(of: y) && x != y)
  }

  @Test func aShapeThatDoesNotFitIsRefused() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2, scalars: [1]) }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: -1, columns: 2) }
  }
}
