import Families
import GeneratorModel
import ListPolicy
import PointwiseModel
import Testing

@Suite struct FamiliesTests {
  @Test func everyRowHasANameOfItsOwn() {
    #expect(Set(Families.names).count == Families.table.count)
  }

  /// Checkpoints and configurations from before there were families are generators.
  @Test func theGeneratorIsTheStandard() {
    #expect(Families.standard == Generator.family)
  }

  @Test func aNameLeadsToItsRow() throws {
    for family in Families.table {
      #expect(try Families.named(family.family) == family)
    }
    #expect(throws: UnknownFamilyError.self) { try Families.named("listwise") }
  }

  @Test func sectionsAreEqualWhenEveryOneIs() {
    var sections = FamilySections()
    #expect(sections == FamilySections())
    sections[PointwisePolicy.self].slots = 3
    #expect(sections != FamilySections())
    #expect((sections["pointwise"] as? PointwiseConfiguration)?.slots == 3)
    sections[PointwisePolicy.self].slots = PointwiseConfiguration().slots
    #expect(sections == FamilySections())
  }
}
