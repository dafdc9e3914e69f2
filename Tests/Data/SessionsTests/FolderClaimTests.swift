import Sessions
import TestSupport
import Testing

struct FolderClaimTests {
  @Test func oneAloneHasAFolderUntilItIsGone() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    do {
      let claim = try FolderClaim(path, remedy: "wait")
      let error = #expect(throws: FileError.self) { try FolderClaim(path, remedy: "wait") }
      #expect(error == .claimed(path: path, remedy: "wait"))
      withExtendedLifetime(claim) {}
    }
    #expect(throws: Never.self) { try FolderClaim(path, remedy: "wait") }
  }

  @Test func aFolderThatIsNotThereCannotBeHad() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("none")
    let error = #expect(throws: FileError.self) { try FolderClaim(path, remedy: "") }
    #expect(error?.path == path)
  }
}
