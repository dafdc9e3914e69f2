/// One feature of an object: where its name and its value stand in the bytes scanned.
struct FeatureMember {
  /// Between the quotes.
  var key: Range<Int>
  var value: Range<Int>
  /// Where the scanner wrote the value anew because a session file has it otherwise; empty for
  /// null, which a session file leaves out.
  var rewritten: Range<Int>?
}
