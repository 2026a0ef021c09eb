import Crypto
import Foundation
import OVAKit
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The types that whoever imports OVAKit sees. None of their names is ambiguous beside Foundation and
/// Crypto, or this file would not compile.
private let types: [Any.Type] = [
  CatalogJob.self, CertificateDiagnosticKind.self, DescriptorDiagnosticKind.self,
  Diagnostic<TarDiagnosticKind>.self, (any FileTree).self, FileTreeEntry.self, FileTreeOpening.self,
  GzipDiagnosticKind.self, JobLock.self, ListedFile.self, ManifestDiagnosticKind.self, NoFacts.self,
  PostgreSQLAddress.self, TarDiagnosticKind.self, XMLDiagnosticKind.self,
  AuditError.self, AuditFailure.self, TimeError.self, TimeFailure.self,
  APITime.self, ArchiveCopies.self, ArchiveError.self, ArchiveFailure.self, ArchiveMember.self,
  AtomicFile.self, AtomicFiles.self, BootConfiguration.self, BootStep.self, Budget.self,
  ByteCount.self, (any ByteSource).self,
  ByteSourceError.self, ByteSourceFailure.self, (any ByteStream).self, CatalogChange.self,
  CatalogError.self, CatalogFailure.self, CatalogHealth.self, DataVersion.self,
  CalendarDay.self, ParsedDescriptor.self, VerdictCount.self, VerdictReasonCount.self,
  VerdictRow.self,
  CatalogReader.self, CatalogStore.self, CatalogWriter.self, CatalogSums.self,
  CertificateDiagnostic.self, CertificateFacts.self, CertificateFile.self, CertificateValidity.self,
  CheckedPackage.self,
  Child.self, ChildOrder.self, Chunks.self, Content.self, DatastorePath.self, DeepDiskCheck.self,
  DeepDiskResult.self, DeploymentOption.self, DescriptorError.self, DescriptorFailure.self,
  DescriptorDiagnostic.self, DescriptorStream.self, Device.self, DigestAlgorithm.self,
  DigestClaim.self, DigestLabel.self,
  DigestValue.self, Digester.self, Disk.self, DiskBase.self,
  DiskDescriptor.self, DiskError.self, DiskDiagnostic.self, DiskDiagnosticKind.self,
  DiskFailure.self, DiskFormat.self,
  DiskProducer.self, DiskRow.self, DiskStructure.self, DiskVerification.self,
  DuplicateContent.self, Encryption.self, Envelope.self, EnvironmentFile.self, Evidence.self,
  Example.self, Explained<ArchiveFailure>.self, (any ExplainedError).self,
  (any DiagnosticKind).self, Extension.self,
  ExtentDanger.self, Field.self, FieldKind.self, (any FieldRow).self, FieldSet.self,
  FieldValue.self, FileDigest.self, FileEvidence.self, FileFacts.self, FileNameText.self,
  FileNeed.self, FileReference.self, FileRow.self, FileSource.self, FileUse.self, Filter.self,
  Finding.self, FindingChange.self, FindingRow.self, FixPlan.self, FolderIdentity.self,
  FolderListing.self, FolderRow.self, FolderSums.self, ImageSummary.self, GuestIdentity.self,
  GzipDiagnostic.self, GzipEvidence.self, Hardware.self, HardwareSection.self, HostResource.self,
  ImageQuery.self,
  IndexError.self, IndexFailure.self, InflatePool.self, IntegrityError.self,
  IntegrityFailure.self, Item.self, ItemField.self, JoinedSource.self, KnownPackage.self,
  LetterRow.self, LikePattern.self, Limits.self, ListPage.self, LinkedLibrary.self,
  ListEnvelope.self,
  Machine.self, Manifest.self, ManifestDiagnostic.self, ManifestDoubt.self, ManifestFacts.self,
  ManifestRemaking.self,
  ManifestSubject.self, MemorySource.self, Message.self, MessageBundle.self, MessageState.self,
  MismatchCause.self, NameSpelling.self, Network.self, OperatingSystem.self,
  Package.self, PackageCheck.self, PackageDisk.self, PackageError.self, PackageFacts.self,
  PackageFailure.self, PackageFile.self, PackageImage.self, PackagePath.self, PackageRow.self,
  PackageSave.self, DigestSave.self, StoredShard.self,
  PackageToHash.self, PackageTrouble.self, PackageWriter.self, Packing.self, Page<Record>.self,
  PageLinks.self, Paging.self, PathSource.self, Place.self, PlacementGroup.self, Producer.self,
  Product.self, ProgrammaticUnit.self, Property.self, PublicNumbers.self, ReadingOptions.self,
  Record.self, RecordFormat.self, RecordReader.self, RecordWriter.self, References.self,
  RememberingSource.self, RenderedPage.self, RepositoryAudit.self, RepositoryFinding.self,
  RepositoryMapping.self, RepositoryRow.self, RepositoryScan.self, RepositorySight.self,
  RequestStatus.self, ResolvedReference.self, Rule.self, RuleCount.self, SQLDialect.self,
  SaveResult.self, ScaleOut.self, ScanCounts.self, ScanLock.self, ScanOptions.self,
  ScanProgress.self, ScanRow.self, ScanSummary.self, ScanTotals.self, SchemaDiagnostic.self,
  SchemaViolation.self,
  SchemaFolder.self, SearchWords.self, Section.self, SectionKind.self, Setting.self,
  Severity.self, SharedPlaces.self, SignatureJudgment.self, SignatureReport.self,
  NamingPolicy.self, SignatureState.self, Signer.self, SliceSource.self, Sort.self,
  SoundPackage.self,
  SourceStream.self, SourceValue<String>.self, SparseExtent.self,
  SparseHeader.self, StartupItem.self, UnownedFileRow.self, StreamShape.self, SyncRequestRow.self,
  TarArchive.self, TarDialect.self, TarDiagnostic.self, TarStream.self, TarWriter.self,
  TextChange.self,
  TimeFault.self, TokenRow.self,
  TrustRoots.self, TrustState.self, URLText.self, Unpacking.self, ValueCount.self,
  ValueFault.self, VirtualDisk.self, VirtualSystem.self, VirtualSystemCollection.self,
  WrittenArchive.self, XMLAttribute.self, XMLComment.self, XMLError.self, XMLDiagnostic.self,
  XMLFailure.self, XMLName.self, XMLTree.self, XMLTreeElement.self, ZoneRules.self,
  KeyedFiles.self, Shard.self, ShardError.self, ShardFailure.self, ShardMerge.self,
  ShardScan.self, (any Surroundings).self, SurroundingFile.self,
]

/// The types without copies, which have no metatype of that kind.
private let sizes = [
  MemoryLayout<SparseDiskWriter>.size, MemoryLayout<DiskContents>.size,
  MemoryLayout<GzipInflater>.size,
]

@Suite struct NameTests {
  @Test func `every public type is in the list of names without ambiguity`() throws {
    let exports = try Project.text("Sources/OVAKit/Exports.swift")
    let modules = exports.matches(of: /public import (\w+)/).map { String($0.output.1) }
    #expect(modules.count > 10)
    let this = try Project.text("Tests/OVAKitTests/NameTests.swift")
    let listed = Set(
      this.matches(of: /(?:any )?(\w+)(?:<\w+>)?\)?\.self\b/).map { String($0.output.1) }
        + this.matches(of: /MemoryLayout<(\w+)>/).map { String($0.output.1) })
    for module in modules + ["OVAKit"] {
      for file in Project.files(in: "Sources/\(module)", withExtension: "swift") {
        let declared = try Project.text(file).matches(
          of:
            /(?m)^(?:@safe )?public (?:final |indirect )*(?:struct|class|enum|protocol|typealias|actor) (\w+)/
        )
        for name in declared.map({ String($0.output.1) }) {
          #expect(listed.contains(name), "\(name), of \(file), is not in the list")
        }
      }
    }
    #expect(types.isEmpty == false && sizes.isEmpty == false)
  }
}
