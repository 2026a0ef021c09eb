extension Rule {
  /// The rules on archives, folders and names.
  static let packageRules: [Rule] = [
    .packageEmpty, .archiveNotTar, .descriptorMissing, .limitExceeded,
    .descriptorNotFirst, .memberOrder, .manifestMisplaced, .severalDescriptors,
    .upperCaseExtension, .baseName, .manifestReferenced, .foreignMember, .descriptorInFolder,
    .archiveNameNotOva, .duplicateMember, .nameCaseClash, .nameNotAscii, .nameNotUTF8,
    .nameWithParentheses, .nameWithControlCharacters, .nameNeedsQuoting, .appleDoubleMember,
    .dotPrefix, .folderMember, .linkMember, .specialMember, .sparseMember, .memberNameUnsafe,
    .memberNameAmbiguous, .memberSizeAmbiguous, .memberSizeUnreadable, .memberTruncated,
    .headerDamaged, .headerTruncated, .endBlocksMissing, .dataAfterEnd,
    .zerosAfterEnd,
    .archiveReadWithReservation, .archiveLengthOdd, .tarNotUstar, .tarPax, .tarGlobalHeader,
  ]
}
