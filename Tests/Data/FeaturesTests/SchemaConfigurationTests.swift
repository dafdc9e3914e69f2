import Features
import Testing

@Suite struct SchemaConfigurationTests {
  @Test func anEmptySectionHasEveryDefault() throws {
    #expect(try decoded(SchemaConfiguration.self, "{}") == SchemaConfiguration())
    #expect(try decoded(FieldConfiguration.self, "{}") == FieldConfiguration())
    #expect(SchemaConfiguration().item.infer)
    #expect(FieldConfiguration().minimumCount == 2)
    #expect(FieldConfiguration().maximumRows == 100_000)
    #expect(SchemaConfiguration().validate().isEmpty)
  }

  @Test func keysAreInSnakeCase() throws {
    let text = """
      {"include_user_id": true, "augment": {"rank": ["price"], "share": ["shop"]},
       "item": {"infer": false, "exclude": ["title"], "fields": {
         "shop": {"type": "categorical", "minimum_count": 5, "maximum_rows": 10,
                  "hash_buckets": 7, "dimension": 3},
         "price": {"type": "number", "log": true, "clip": [0, 9], "standardise": false}}}}
      """
    let configuration = try decoded(SchemaConfiguration.self, text)
    #expect(configuration.includeUserID && !configuration.includeItemID)
    #expect(configuration.augment.rank == ["price"] && configuration.augment.share == ["shop"])
    let shop = try #require(configuration.item.fields["shop"])
    #expect(shop.type == .categorical && shop.minimumCount == 5 && shop.maximumRows == 10)
    #expect(shop.hashBuckets == 7 && shop.dimension == 3)
    let price = try #require(configuration.item.fields["price"])
    #expect(price.log && price.clip == [0, 9] && !price.standardise)
    #expect(!configuration.item.infer && configuration.item.exclude == ["title"])
  }

  @Test func aSavedConfigurationIsReadBack() throws {
    let configuration = mixedConfiguration()
    #expect(try decoded(SchemaConfiguration.self, json(configuration)) == configuration)
  }

  @Test func allFaultsAreReportedAtOnce() {
    var configuration = SchemaConfiguration()
    configuration.item.fields["price"] = FieldConfiguration(.number)
    configuration.item.fields["price"]?.clip = [5]
    configuration.item.fields["price"]?.dimension = 4
    configuration.user.fields["city"] = FieldConfiguration(.categorical)
    configuration.user.fields["city"]?.minimumCount = 0
    configuration.user.fields["city"]?.log = true
    configuration.context.fields["hour"] = FieldConfiguration()
    configuration.context.fields["hour"]?.hashBuckets = 0
    configuration.context.exclude = ["hour", "day", "day"]
    configuration.augment.rank = ["price", "price"]
    let faults = configuration.validate()
    let keys = faults.map { $0.prefix { $0 != ":" } }
    #expect(
      keys == [
        "schema.item.fields.price.clip", "schema.item.fields.price.dimension",
        "schema.user.fields.city.log", "schema.user.fields.city.minimum_count",
        "schema.context.fields.hour.hash_buckets", "schema.context.exclude",
        "schema.context.exclude", "schema.augment.rank",
      ])
    for fault in faults {
      #expect(fault.contains("expected") && fault.contains("got") && fault.contains(";"))
    }
  }

  @Test(
    arguments: [[], [1], [1, 2, 3], [2, 1], [1, 1], [0, .infinity], [.nan, 1]] as [[Double]])
  func malformedBoundsAreAFault(clip: [Double]) {
    var configuration = SchemaConfiguration()
    configuration.item.fields["price"] = FieldConfiguration(.number)
    configuration.item.fields["price"]?.clip = clip
    #expect(configuration.validate().count == 1)
  }
}
