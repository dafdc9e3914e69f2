package import JSON

extension Candidate {
  /// `{"id", "features"?}`.
  package init(json: JSONValue, pointer: @autoclosure () -> String) throws(FieldError) {
    (id, features) = try readNamed(json, at: pointer())
  }

  package var json: JSONValue { ["id": .string(id), "features": features.json] }
}

extension User {
  /// `{"id", "features"?}`.
  package init(json: JSONValue, pointer: @autoclosure () -> String) throws(FieldError) {
    (id, features) = try readNamed(json, at: pointer())
  }

  package var json: JSONValue { ["id": .string(id), "features": features.json] }
}

private func readNamed(
  _ json: JSONValue, at pointer: @autoclosure () -> String
) throws(FieldError) -> (id: String, features: FeatureMap) {
  _ = try json.fields(at: pointer())
  try json.refuseUnknownKeys(["id", "features"], at: pointer())
  let id = try json.required("id", at: pointer()).identifier(at: pointer() + "/id")
  guard let features = json.optional("features") else { return (id, [:]) }
  return (id, try FeatureMap(json: features, pointer: pointer() + "/features"))
}
