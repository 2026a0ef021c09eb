import OVABasics
import OVAPackage
import OVFDescriptor
import OVFXML

extension Rule {
  /// The envelope's namespace is none of OVF 1 and 2.
  static let envelopeNamespaceUnknown = Rule(
    id: "envelope-namespace-unknown",
    group: .descriptor,
    title: "The envelope is not in a namespace of OVF 1.x or 2.x",
    severity: .warning,
    version: 2,
    basis: .clause("DSP0243 6"),
    why: "The namespace says which version of OVF this is. Drafts, VMware's 0.9 and oVirt's "
      + "variant are read by few products, an unknown one by none.",
    fix: "Export the machine anew from a current product, or convert the descriptor to "
      + "http://schemas.dmtf.org/ovf/envelope/1.",
    triggering: [
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"",
            new: "<Envelope xmlns=\"http://example.com/ovf\"")
        ], [], caption: "a namespace that is nobody's"),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"",
            new: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1/\"")
        ], [], caption: "oVirt's, with a slash at its end"),
    ],
    passing: [
      .sound(.folder),
      Example(
        .folder,
        edits: [
          Example.Edit(
            old: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"",
            new: "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/2\""),
          Example.Edit(
            old: "xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"",
            new: "xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/2\""),
        ], [], documented: false),
    ]
  ) { checked, findings in
    let envelope = checked.envelope
    let namespace = envelope.rootName.namespace
    let isUnknown = envelope.diagnostics.contains {
      if case .unknownNamespace = $0.kind { return true }
      return false
    }
    let what: String
    switch envelope.dialect {
    case .ovf1, .ovf2: return
    case .ovf09: what = "of VMware's version 0.9"
    case .oVirt:
      // oVirt's archives keep the standard's namespace.
      guard !namespace.isExactly("http://schemas.dmtf.org/ovf/envelope/1") else { return }
      what = "of oVirt's variant"
    case .unknown: what = isUnknown ? "of no version of OVF" : "of a draft of OVF"
    }
    findings.add(
      "the envelope's namespace '\(namespace)' is \(what)", at: envelope.place,
      expected: "http://schemas.dmtf.org/ovf/envelope/1", found: namespace,
      // What more than the namespace shows to be oVirt's is for oVirt, which reads nothing else.
      severity: isUnknown
        ? .error
        : envelope.dialect == .oVirt && envelope.producer.evidence.count > 1 ? .info : .warning)
  }
}
