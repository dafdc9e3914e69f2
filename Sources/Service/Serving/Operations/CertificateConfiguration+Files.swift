import NIOSSL

/// A certificate or its key cannot be used.
package struct CertificateError: Error, Sendable, CustomStringConvertible {
  package var files: CertificateConfiguration
  package var reason: String

  package var description: String {
    "serving.tls: expected a PEM certificate in \(files.certificate) and its key in \(files.key), "
      + "got \(reason)"
  }
}

extension CertificateConfiguration {
  func nioConfiguration() throws(CertificateError) -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate)
      guard !chain.isEmpty else {
        throw CertificateError(files: self, reason: "no certificate")
      }
      return .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    } catch {
      throw error as? CertificateError ?? CertificateError(files: self, reason: "\(error)")
    }
  }
}
