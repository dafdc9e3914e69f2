import Foundation
import Logging
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
  /// Days before its end from which a certificate is warned of.
  private static let warningDays = 30

  /// Warns of a certificate that ends soon or has ended.
  func warnOfExpiry(_ logger: Logger) {
    guard let first = try? NIOSSLCertificate.fromPEMFile(certificate).first else { return }
    let end = Date(timeIntervalSince1970: Double(first.notValidAfter))
    let days = Int((end.timeIntervalSinceNow / 86_400).rounded(.down))
    guard days < CertificateConfiguration.warningDays else { return }
    logger.warning(
      days < 0
        ? "serving.tls: the certificate has expired, clients will refuse it"
        : "serving.tls: the certificate expires in \(days) day\(days == 1 ? "" : "s")",
      metadata: ["certificate": "\(certificate)", "end": "\(end.formatted(.iso8601))"])
  }

  /// - Throws: `CertificateError`, also for a key that is another certificate's.
  func nioConfiguration() throws(CertificateError) -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate)
      guard !chain.isEmpty else {
        throw CertificateError(files: self, reason: "no certificate")
      }
      let configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
      // Holds the key against the certificate, which else only the listener would do.
      _ = try NIOSSLContext(configuration: configuration)
      return configuration
    } catch {
      throw error as? CertificateError ?? CertificateError(files: self, reason: Self.words(error))
    }
  }

  /// The library says no more of a file that it does not take.
  private static func words(_ error: any Error) -> String {
    let text = "\(error)"
    return switch text {
    case "failedToLoadPrivateKey": "a key that cannot be read or that is another certificate's"
    case "failedToLoadCertificate": "a certificate that cannot be read"
    default: text
    }
  }
}
