import Sessions

/// What `read` makes of a JSON body; what is wrong with either is told in terms of what was sent.
func readBody<Value>(
  _ bytes: [UInt8], as read: (JSONValue) throws(FieldFault) -> Value
) throws(RankFaults) -> Value {
  let json: JSONValue
  do throws(JSONFault) {
    json = try JSONScanner.parse(bytes)
  } catch {
    throw RankFaults([RankFault(error)])
  }
  do throws(FieldFault) {
    return try read(json)
  } catch {
    throw RankFaults([RankFault(error)])
  }
}
