import OVABasics
import SwiftASN1
import X509

/// A certificate taken apart as far as this module needs.
///
/// `X509.Certificate` refuses the ones with weak or unknown keys, of which the reader wants to
/// hear all the more.
struct CertificateDER {
  let facts: CertificateFacts
  let key: SignerKey
  /// The issuer's name as encoded, and the serial number: how CMS points to a certificate.
  let issuerBytes: ArraySlice<UInt8>
  let serialBytes: ArraySlice<UInt8>

  init(_ der: [UInt8]) throws {
    let root = try DER.parse(der).children
    guard root.count == 3 else { throw ASN1Shape.unexpected }
    var fields = try root[0].children[...]
    if fields.first?.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific) {
      fields = fields.dropFirst()
    }
    guard fields.count >= 6 else { throw ASN1Shape.unexpected }
    let field = Array(fields)
    serialBytes = try ArraySlice<UInt8>(derEncoded: field[0])
    issuerBytes = field[2].encodedBytes
    let issuer = try DistinguishedName(derEncoded: field[2])
    let times = try field[3].children
    guard times.count == 2 else { throw ASN1Shape.unexpected }
    let subject = try DistinguishedName(derEncoded: field[4])
    key = try SignerKey(field[5])
    let algorithm = try AlgorithmName(root[1])
    let signature = try ASN1BitString(derEncoded: root[2])
    var isOwn = field[2].encodedBytes == field[4].encodedBytes
    if isOwn, let digest = algorithm.digest {
      let signed = Array(root[0].encodedBytes)
      isOwn = key.verify(Array(signature.bytes), over: signed, digest) ?? true
    }
    facts = CertificateFacts(
      subject: "\(subject)", issuer: "\(issuer)", serial: Hex.text(serialBytes),
      notBefore: try times[0].secondsSince1970, notAfter: try times[1].secondsSince1970,
      key: key.kind, signatureAlgorithm: algorithm.name, isSelfSigned: isOwn)
  }
}

/// The difference between a tree of ASN.1 nodes and the shape that it must have.
enum ASN1Shape: Error, CustomStringConvertible {
  case unexpected
  var description: String { "its fields are not those of the format" }
}

extension ASN1Node {
  /// The nodes inside a constructed one.
  var children: [ASN1Node] {
    get throws {
      guard case .constructed(let nodes) = content else { throw ASN1Shape.unexpected }
      return Array(nodes)
    }
  }

  /// The moment that a UTCTime or GeneralizedTime names.
  fileprivate var secondsSince1970: Int64 {
    get throws {
      if identifier == .utcTime {
        let time = try UTCTime(derEncoded: self)
        return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
      }
      let time = try GeneralizedTime(derEncoded: self)
      return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }
  }
}

/// Seconds from 1970 to a moment of the Gregorian calendar in UTC.
private func seconds(
  _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
) -> Int64 {
  // Years begin in March here, so that the leap day comes last; an era is 400 years.
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  let days = era * 146_097 + dayOfEra - 719_468
  return Int64(days) * 86_400 + Int64(hours * 3_600 + minutes * 60 + seconds)
}
