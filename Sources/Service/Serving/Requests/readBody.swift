import JSON
import Sessions

/// What `read` makes of a JSON body; what is wrong with either is told in terms of what was sent.
func readBody<Value>(
  _ bytes: [UInt8], as read: (JSONValue) throws(FieldError) -> Value
) throws(RankErrors) -> Value {
  let json: JSONValue
  do throws(JSONError) {
    json = try JSONScanner.parse(bytes)
  } catch {
    throw RankErrors([RankError(error)])
  }
  do throws(FieldError) {
    return try read(json)
  } catch {
    throw RankErrors([RankError(error)])
  }
}
