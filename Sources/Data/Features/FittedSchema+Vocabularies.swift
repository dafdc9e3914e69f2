extension FittedSchema {
  /// The schema with other values of the items' categoricals and bags.
  package func withItemVocabularies(_ values: (String) -> [String]) -> FittedSchema {
    var item = item
    for i in item.categoricals.indices {
      item.categoricals[i].vocabulary = Vocabulary(values: values(item.categoricals[i].name))
    }
    for i in item.bags.indices {
      item.bags[i].vocabulary = Vocabulary(values: values(item.bags[i].name))
    }
    return FittedSchema(
      item: item, user: user, context: context, columns: columns, feedback: feedback,
      history: history, calibration: calibration)
  }
}
