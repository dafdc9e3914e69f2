import Sessions

extension FittedSchema {
  /// The features that the networks or the objectives read: a feature that was logged and that
  /// neither reads is not among them.
  package var features: RequestFeatures {
    var items = item.contents
    // Held against the training sessions before training.
    for column in columns where items[column.feature] == nil { items[column.feature] = .open }
    return RequestFeatures(
      item: items, user: user.contents, context: context.contents, source: "in the model's schema")
  }
}

extension FittedSide {
  /// By name of the feature that is read; the id is none.
  var contents: [String: FeatureContent] {
    var contents: [String: FeatureContent] = [:]
    for share in shares { contents[share] = .open }
    for field in categoricals + bags where !(includesID && field.name == FittedSide.idName) {
      contents[field.name] = field.vocabulary.holdsTextsOnly ? .texts : .open
    }
    for rank in ranks { contents[rank.name] = .numbers }
    for number in numbers { contents[number.name] = .numbers }
    return contents
  }
}

extension Vocabulary {
  /// Whether no value is what a number or a flag is written as: then training saw texts.
  var holdsTextsOnly: Bool {
    !values.isEmpty && !values.contains { $0 == "true" || $0 == "false" || Double($0) != nil }
  }
}
