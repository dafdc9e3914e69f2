import Checkpoints
import Families
import Features
import ListPolicy
import Objectives
import Tensors
import Testing
import TinyModels

@Suite struct FamiliesTests {
  @Test func everyRowHasANameOfItsOwn() {
    #expect(Set(Families.names).count == Families.table.count)
    #expect(Families.standard == "generator")
  }
}
