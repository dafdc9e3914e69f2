import Foundation

/// Columns of the terminal behind a file descriptor, nil if it is none or does not tell.
func terminalColumns(_ descriptor: Int32) -> Int? {
  var size = winsize()
  // The C call only fills `size`, which outlives it.
  let status = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
  return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
}
